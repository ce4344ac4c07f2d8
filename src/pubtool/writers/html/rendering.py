"""Pages from templates: the project's own where it has one, ours for the rest.

A project's templates run in Jinja's sandbox, ours with them; ours alone run without one, which
costs half. A fault in a project's is the project's to mend: it is told with the file and the line.
A fault in one of ours is a bug.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pubtool.errors import BadTemplate, PubtoolError
from pubtool.system.files import decode, sha256
from pubtool.writers.overrides import FOLDER, override_names
from pubtool.writers.words import direction, words_in

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.runtime import Context

_OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
"""How templates are compiled."""

Override = Callable[[str], bytes | None]
"""From a template's name to the project's own; None where it has none."""


class Templates:
    """The templates of one export."""

    def __init__(self, override: Override) -> None:
        self._override = override
        self._needs: dict[str, list[list[str]]] = {}

    def stylesheet(self) -> bytes:
        """Return the one stylesheet of all pages."""
        own = self._override("style.css")
        return own if own is not None else _tight(_ours("style.css"))

    def list_style(self) -> bytes:
        """Return what lists and the search have besides; nothing where all pages' is another's."""
        own = self._override("lists.css")
        if own is None and self._override("style.css") is not None:
            return b""
        return own if own is not None else _tight(_ours("lists.css"))

    @staticmethod
    def script(name: str) -> bytes:
        """Return a script of ours."""
        return _ours(name)

    def render(self, name: str, /, **context: Any) -> bytes:
        """Return a page. Raises `BadTemplate` and `NotUtf8` for a template of the project's.

        `lang` is the page's language, by default the site's; our own words come in it.
        """
        context.setdefault("lang", context["site"].lang)
        try:
            template = self._environment.get_template(name)
            page = template.render(context, **_in_words(context["lang"]))
        except PubtoolError:
            raise
        except Exception as error:
            self._blame(error, name)
        return f"{page.rstrip()}\n".encode()

    def needs(self, name: str) -> list[list[str]]:
        """Return the project's templates that a page of this one is made with, each with a digest.

        Ours count with the version of the program.
        """
        if not self._overridden:
            return []
        if name not in self._needs:
            own = {one: self._override(one) for one in self.included(name)}
            self._needs[name] = [
                [one, sha256(data)] for one, data in own.items() if data is not None
            ]
        return self._needs[name]

    @cached_property
    def _overridden(self) -> bool:
        """Whether the project has any template of its own: else none need be read to plan."""
        return any(self._override(name) is not None for name in override_names())

    def included(self, name: str) -> tuple[str, ...]:
        """Return the names of a template and of all that it is made with, sorted."""
        found, waiting = set[str](), [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self._named_in(one))
        return tuple(sorted(found))

    def _named_in(self, name: str) -> list[str]:
        from jinja2 import TemplateError, meta

        try:
            tree = self._environment.parse(self._load(name)[0])
        except TemplateError:  # told when the page is made
            return []
        return [one for one in meta.find_referenced_templates(tree) if one]

    @cached_property
    def _environment(self) -> Environment:
        from jinja2 import Environment, FunctionLoader, StrictUndefined, pass_context
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        from pubtool.system.bytecode import KeptBytecode

        kind = ImmutableSandboxedEnvironment if self._overridden else Environment
        folder = Path(str(files(__package__)))
        kept = None if self._overridden else KeptBytecode(folder, repr(_OPTIONS))
        environment = kind(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            auto_reload=False,
            bytecode_cache=kept,
            **_OPTIONS,
        )
        environment.filters["day"] = pass_context(_day)
        return environment

    def _load(self, name: str) -> tuple[str, str, None]:
        from jinja2 import TemplateNotFound

        own = self._override(name)
        if own is not None:
            path = f"{FOLDER}/{name}"
            return decode(own, path).removeprefix("\ufeff"), path, None
        try:
            return _ours(f"templates/{name}").decode(), f"pubtool/{name}", None
        except (OSError, ValueError):
            raise TemplateNotFound(name) from None

    def _blame(self, error: Exception, name: str) -> NoReturn:
        """Raise `BadTemplate` where a template of the project's is at fault, the error if not.

        What one of ours misses in one of the project's is at fault there.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        if isinstance(error, TemplateSyntaxError):
            place, line = error.filename or "", error.lineno
        else:
            place, line = _place(error)
        if not place and isinstance(error, TemplateError) and self.needs(name):
            place, line = f"{FOLDER}/{self.needs(name)[0][0]}", 1
        if not place.startswith(f"{FOLDER}/"):
            raise error
        raise BadTemplate(place, line, _why(error)) from error


_SAID = (
    (
        r"'([^']+)' is undefined",
        "it asks for `{}`, and gets none; docs/pages.md lists what there is",
    ),
    (r"has no (?:attribute|element) '?([^']+)", "it asks for a part `{}` that is not there"),
    (r"does not export .* '([^']+)'", "it lacks the macro `{}`, which another template uses"),
    (r"'([^']+)'.* is unsafe", "it asks for a part `{}`, which no template may have"),
)
"""What Jinja says of what is missing, and the same without Python's words."""


def _why(error: Exception) -> str:
    """Return what is wrong with a template, in words for who knows no Python."""
    from jinja2 import TemplateNotFound, TemplateRuntimeError, TemplateSyntaxError

    if isinstance(error, TemplateNotFound):
        return f"no template is called {error.name}"
    if isinstance(error, RecursionError):
        return "it includes itself without an end"
    if isinstance(error, TemplateSyntaxError):
        return str(error.message).rstrip(".")
    for pattern, said in _SAID if isinstance(error, TemplateRuntimeError) else ():
        if found := re.search(pattern, str(error)):
            return said.format(found[1])
    return "it asks for what cannot be done, such as adding a word to a number"


def _in_words(lang: str) -> dict[str, object]:
    """Return what templates say our own words with, in the language of a page.

    `ours` are the attributes of an element that holds nothing but our words: a page in a language
    that we have no words in must say that these are English. They are markup: `{{ ours | safe }}`.
    """
    words = words_in(lang)
    foreign = "" if words.speak(lang) else f' lang="{words.lang}" dir="{direction(words.lang)}"'
    return {"words": words, "direction": direction(lang), "ours": foreign}


def _day(context: Context, date: str) -> str:
    """Return a date in words, in the page's language."""
    return words_in(context.get("lang", "")).day(date)


def _place(error: Exception) -> tuple[str, int]:
    """Return the project's template that was at work last, and its line; empty where none was.

    Jinja gives the frames of its templates their own names and lines.
    """
    found, trace = ("", 0), error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(f"{FOLDER}/"):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


def _tight(sheet: bytes) -> bytes:
    """Return our stylesheet without comments and spaces that mean nothing.

    It holds no string with either in it.
    """
    css = re.sub(r"/\*.*?\*/", "", sheet.decode(), flags=re.DOTALL)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", " ".join(css.split()))
    css = re.sub(r"\b0(\.\d)", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").encode()


def _ours(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()
