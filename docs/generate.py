"""Write what docs/ shows of the program itself: pages of reference and the README's picture.

`make docs` runs it; tests/test_docs.py fails where a page has drifted from the program.
"""

from __future__ import annotations

import json
import re
import runpy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from pubtool.cli import program
from pubtool.cli.group import STOPPED
from pubtool.pipeline import check, find_project, render_text
from pubtool.readers import front_matter

HERE = Path(__file__).parent
SCHEMA = HERE.parent / "src" / "pubtool" / "check.schema.json"
PICTURE = HERE / "pictures" / "check.svg"
MISQUOTED = HERE.parent / "tests" / "data" / "as-published"
SHOWN = ("Q101", "Q105")
"""The findings of the post as it was published that the picture has room for."""
INTRODUCTION = """# Commands

Generated from the program by `make docs`; `pubtool COMMAND --help` says the same.
"""
WIDTH = 80
STATUSES = f"""# Exit statuses

Generated from the program by `make docs`. Scripts and build servers go by these alone; the form
of a report never changes them.

| status | meaning |
|---|---|
| 0 | nothing to say, or done |
| 1 | something was found, or something is left for you |
| 2 | it could not run: a mistyped command, an unreadable project, a broken tool |
| {STOPPED} | you stopped it with Ctrl-C |

Findings and reports go to standard output, everything else to standard error. What could not run
is told there in one sentence, with the mend.

## Of each command

| command | status |
|---|---|
"""
KEYS = """# Front matter

Generated from the program by `make docs`. The front matter is the YAML between the two `---` at
the head of a post; [Writing posts](writing-posts.md) has an example. A key with a value that it
cannot have is a finding ([Q602](../src/pubtool/checker/rules/front_matter.md)) and costs that
key alone. No key is needed.

| key | its value | what it says |
|---|---|---|
"""
MEANINGS = {
    "title": "the title of the post",
    "date": "when it is published; lists and feeds go by it",
    "updated": "when it was last changed for its readers",
    "slug": "its address: `/SLUG/`; without one, the file's name",
    "status": "whether it is published; `draft` where nothing is said ([pages](pages.md))",
    "author": "who wrote it; a person may be a mapping with a `name`; without one, `site.author`",
    "series": "the series that it belongs to, and which part it is ([guide](guides/series.md))",
    "categories": "its categories",
    "tags": "its tags",
    "excerpt": (
        "a sentence or two for lists, feeds and previews; what it quotes has to stand in the text "
        "too ([Q607](../src/pubtool/checker/rules/nothing_found.md))"
    ),
    "image": "the picture that stands for it: a file of the project, or an address",
    "image-alt": "that picture's alternative text",
    "lang": "its language; without one, `site.lang`",
    "csl": "its citation style; without one, `build.csl` ([citations](citations.md))",
    "aliases": "former addresses, which lead on to it ([pages](pages.md#former-addresses))",
}
OTHERS = """
Any other key is kept and passed on to templates and exports. Two of these mean something:

- `quote-note: spelling modernised` says once for all quotations of the post that old spelling
  was modernised ([conventions](conventions.md)).
- `wordpress` stands in posts that were [imported](importing.md) and holds what Markdown has no
  place for. As long as it is there, quotations that cite nothing and stand in no source are
  *unchecked*, not *absent*.

What would tell pandoc to open other files (`bibliography`, `citation-abbreviations` and the
like) is never obeyed.
"""
JSON = """# The JSON report

Generated from its schema, [check.schema.json](../src/pubtool/check.schema.json), by `make
docs`. It is what `pubtool check --format json` writes; two runs over the same project give the
same bytes. Keys may be added under the same number of `schema`; none is renamed or removed.
Lines and columns begin at 1 and count code points; the end of a range is one past its last.
"""


def commands_page() -> str:
    """Return commands.md: the help of the program and of each command, in the help's order."""
    context = click.Context(
        program, info_name="pubtool", terminal_width=WIDTH, color=False, **program.context_settings
    )
    return "\n".join([INTRODUCTION, *sections(program, context)])


def sections(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the section of a command, then those of the commands in it."""
    depth = context.command_path.count(" ")
    heading = "#" * min(depth + 2, 4)
    yield f"{heading} `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            inside = click.Context(
                inner, parent=context, info_name=name, terminal_width=WIDTH, color=False
            )
            yield from sections(inner, inside)


def statuses_page() -> str:
    """Return exit-statuses.md: what each command's help says of its exit status."""
    context = click.Context(program, info_name="pubtool", terminal_width=10_000, color=False)
    rows = (f"| `{name}` | {said} |\n" for name, said in statuses(program, context))
    return STATUSES + "".join(rows)


def statuses(group: click.Group, context: click.Context) -> Iterator[tuple[str, str]]:
    """Yield the commands in a group with their exit statuses, in the help's order."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inside = click.Context(
            command, parent=context, info_name=name, terminal_width=10_000, color=False
        )
        if isinstance(command, click.Group):
            yield from statuses(command, inside)
            continue
        said = re.search(r"Exit status: ([^\n]+(?:\n +[^\n]+)*)", command.get_help(inside))
        yield inside.command_path, " ".join(said[1].split()) if said else "0 done, 2 could not run."


def front_matter_page() -> str:
    """Return front-matter.md: each key that is known, and what value it may have.

    A key that is not explained here, or explained and not known, stops it.
    """
    assert MEANINGS.keys() == front_matter._FIELDS.keys()
    rows = (f"| `{key}` | {value_of(key)} | {MEANINGS[key]} |\n" for key in MEANINGS)
    return KEYS + "".join(rows) + OTHERS


def value_of(key: str) -> str:
    """Return what the program says of a value that a key cannot have: what it can have."""
    for wrong in ("{a: [b]}", '"neither a date nor a slug"'):
        try:
            front_matter._FIELDS[key].read(yaml.compose(wrong, Loader=yaml.SafeLoader))
        except front_matter._WrongTypeError as error:
            said = str(error).removeprefix("must be ").removeprefix("one of ")
    return said


def json_page() -> str:
    """Return json.md: the keys of the report, object by object, as its schema has them."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    tables = [("The report", schema), *(schema["$defs"].items())]
    return JSON + "".join(f"\n{table_of(name, it, schema)}" for name, it in tables if keys_of(it))


def table_of(name: str, part: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return the table of an object's keys."""
    heading = name[0].upper() + name[1:]
    rows = "".join(
        f"| `{key}` | {type_of(value, schema)} | {value.get('description', '')} |\n"
        for key, value in keys_of(part)
    )
    return f"## {heading}\n\n| key | type | what it says |\n|---|---|---|\n{rows}"


def keys_of(schema: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """Return the keys of an object with their schemas, those of objects in it by their way."""
    found = []
    for part in (schema, *schema.get("allOf", ()), *schema.get("anyOf", ())):
        for key, value in part.get("properties", {}).items():
            inner = value.get("items", value)
            found.append((before + key, value))
            mark = "[]" if "items" in value else ""
            found += keys_of(inner, f"{before}{key}{mark}.")
    return found


def type_of(part: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return the type of a value, in words; an object that has a table of its own by its name."""
    if "$ref" in part:
        return referred(part["$ref"].removeprefix("#/").split("/"), schema)
    if "const" in part:
        return f"`{json.dumps(part['const'])}`"
    if "enum" in part:
        return ", ".join(f"`{value}`" for value in part["enum"])
    if "anyOf" in part:
        return " or ".join(type_of(one, schema) for one in part["anyOf"])
    if part.get("type") == "array":
        return f"list of {type_of(part['items'], schema)}"
    return str(part["type"])


def referred(way: list[str], schema: Mapping[str, Any]) -> str:
    """Return the type of what a reference leads to."""
    target: Any = schema
    for step in way:
        target = target[step]
    if way[0] == "$defs" and len(way) == 2 and keys_of(target):
        return f"[{way[1]}](#{way[1]})"
    return type_of(target, schema)


def check_picture() -> str:
    """Return the picture of what `check` shows of the post as it was published."""
    report = check(find_project(MISQUOTED), select=SHOWN)
    shown = render_text(report, width=WIDTH, colour=True).split("\n\n")
    screen = "\n\n".join(shown[:3])
    draw = runpy.run_path(str(HERE / "picture.py"))["draw"]
    return str(draw(f"\x1b[1m$ pubtool check\x1b[0m\n{screen}\n", WIDTH))


PAGES = {
    "commands.md": commands_page,
    "exit-statuses.md": statuses_page,
    "front-matter.md": front_matter_page,
    "json.md": json_page,
}
"""The pages that are generated, each with what makes it."""

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8", newline="\n")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(check_picture(), encoding="utf-8", newline="\n")
