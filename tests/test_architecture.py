"""The house rules that no type checker knows: who may import whom, and who may touch the world.

`docs/architecture.md` gives the reasons. The rules are data at the top of this file; each check
reads the syntax tree of every module under src/pubtool and returns sentences, one a breach. The
second half of the file shows each check a module that breaks its rule, so that a check that has
gone blind fails.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "pubtool"

NOUNS = frozenset({"model", "errors"})
WORK = NOUNS | {"text"}
DOORS = WORK | {"system"}

MAY_IMPORT: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "errors": frozenset(),
    "text": NOUNS,
    "system": NOUNS,
    "checker": WORK,
    "reporters": WORK,
    "readers": DOORS,
    "writers": DOORS,
    "publishers": DOORS,
    "pipeline": DOORS | {"readers", "checker", "reporters", "writers", "publishers"},
    "cli": NOUNS | {"pipeline", "server", "lsp"},
    "server": NOUNS | {"pipeline", "system"},
    "lsp": NOUNS | {"pipeline"},
}
"""Each room and the rooms that it may import; itself is understood."""

PURE_ROOMS = frozenset({"model", "text", "checker", "reporters"})
"""Rooms that see no file, clock, environment, process, network or chance."""

IMPURE_MODULES = frozenset(
    "os pathlib io shutil tempfile glob mmap time datetime random secrets uuid subprocess signal "
    "multiprocessing threading asyncio socket ssl select http urllib requests logging locale "
    "platform getpass sys".split()
)
IMPURE_CALLS = frozenset({"open", "print", "input", "exec", "eval", "__import__"})

DOOR_MODULES = {
    "subprocess": "system/pandoc.py or system/ocr.py or system/git.py or system/confined.py",
    "pty": "system/pandoc.py",
    "multiprocessing": "system/workers.py",
    "distributed": "system/cluster.py",
    "fsspec": "system/storage.py",
    "sqlite3": "system/cache.py",
    "socket": "system/network.py or system/loopback.py",
    "uvicorn": "system/loopback.py",
    "ssl": "system/network.py",
    "http": "system/network.py",
    "urllib.request": "system/network.py",
    "urllib3": "system/network.py",
    "requests": "system/network.py",
    "httpx": "system/network.py",
    "aiohttp": "system/network.py",
    "ftplib": "system/network.py",
    "smtplib": "system/network.py",
    "keyring": "system/credentials.py",
    "netrc": "system/credentials.py",
    "getpass": "system/credentials.py",
}
"""Modules that reach outside, and the files that may import each."""

WRITER = "system/files.py"
REMOTE_WRITER = "system/storage.py"
"""It writes at addresses of shared storage alone, to which a project's files are copied."""
WRITING_MODULES = frozenset({"shutil", "tempfile"})
HARMLESS_FUNCTIONS = frozenset({"shutil", "shutil.which", "shutil.get_terminal_size"})
"""What may be imported or called of these; `shutil` itself, since its calls are seen."""
WRITING_METHODS = frozenset(
    "write_text write_bytes unlink rmdir mkdir makedirs touch rename renames symlink_to "
    "hardlink_to chmod removedirs".split()
)
WRITING_OS_FUNCTIONS = frozenset(
    "replace rename remove unlink open mkdir makedirs rmdir truncate link symlink write "
    "fsync".split()
)
PROGRAM_OS_FUNCTIONS = frozenset({"system", "popen", "fork", "forkpty", "posix_spawn", "startfile"})

FORBIDDEN_NAMES = frozenset(
    {"utils", "util", "common", "helpers", "helper", "core", "shared", "misc"}
)
MODULE_LINES = 400
FUNCTION_LINES = 60


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: str
    """Relative to the package, with forward slashes."""
    source: str

    @property
    def room(self) -> str:
        """The room that it belongs to: its folder at the top, or its own name."""
        return self.path.split("/")[0].removesuffix(".py")

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.source, self.path)

    @property
    def package(self) -> list[str]:
        """The dotted parts of the package that a relative import starts from."""
        return ["pubtool", *self.path.split("/")[:-1]]


def modules() -> list[Module]:
    return [
        Module(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    ]


# --- Reading imports ------------------------------------------------------------------------------


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the full dotted name of everything that is imported.

    ``from a import b`` gives ``a.b``, since `b` may be a module; relative names are resolved.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                base = module.package[: len(module.package) - node.level + 1] + base
            for alias in node.names:
                yield node.lineno, ".".join([*base, alias.name])


def within(name: str, module: str) -> bool:
    """Whether a dotted name is the module or lies in it."""
    return name == module or name.startswith(module + ".")


def calls(module: Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


# --- The checks: each returns the breaches of one module ------------------------------------------


def arrows(module: Module) -> list[str]:
    """Rooms import only what stands left of them."""
    if module.path == "__init__.py":
        allowed: frozenset[str] = frozenset()
    elif module.path == "__main__.py":
        allowed = frozenset({"cli"})
    elif module.room in MAY_IMPORT:
        allowed = MAY_IMPORT[module.room] | {module.room}
    else:
        return [f"{module.path}: {module.room} is no room of docs/architecture.md; give it one"]
    breaches = []
    for line, name in imports(module):
        parts = name.split(".")
        if parts[0] != "pubtool" or len(parts) == 1:
            continue
        if parts[1] in MAY_IMPORT and parts[1] not in allowed:
            may = ", ".join(sorted(allowed)) or "nothing of ours"
            breaches.append(f"{module.path}:{line}: imports {name}; {module.room} may import {may}")
    return breaches


def purity(module: Module) -> list[str]:
    """No file, clock, environment, process, network or chance where verdicts are made."""
    if module.room not in PURE_ROOMS:
        return []
    breaches = [
        f"{module.path}:{line}: imports {name}; {module.room} is pure"
        for line, name in imports(module)
        if name.split(".")[0] in IMPURE_MODULES
    ]
    breaches += [
        f"{module.path}:{call.lineno}: calls {call.func.id}(); {module.room} is pure"
        for call in calls(module)
        if isinstance(call.func, ast.Name) and call.func.id in IMPURE_CALLS
    ]
    return breaches


def doors(module: Module) -> list[str]:
    """Only system/pandoc.py starts programs, only system/network.py connects."""
    breaches = [
        f"{module.path}:{line}: imports {name}; only {door} may"
        for line, name in imports(module)
        for reached, door in DOOR_MODULES.items()
        if within(name, reached) and module.path not in door.split(" or ")
    ]
    breaches += [
        f"{module.path}:{call.lineno}: os.{name}() starts a program; only system/pandoc.py may"
        for call in calls(module)
        if (name := os_function(call)) in PROGRAM_OS_FUNCTIONS or name.startswith(("exec", "spawn"))
        if module.path != "system/pandoc.py"
    ]
    return breaches


def one_writer(module: Module) -> list[str]:
    """Only system/files.py writes, moves or removes files."""
    if module.path in (WRITER, REMOTE_WRITER):
        return []
    breaches = [
        f"{module.path}:{line}: imports {name}; only {WRITER} changes files"
        for line, name in imports(module)
        if name.split(".")[0] in WRITING_MODULES and name not in HARMLESS_FUNCTIONS
    ]
    breaches += [
        f"{module.path}:{call.lineno}: {ast.unparse(call.func)}() writes; "
        f"only {WRITER} changes files"
        for call in calls(module)
        if writes(call)
    ]
    return breaches


def writes(call: ast.Call) -> bool:
    """Whether a call changes the disk: a writing method, an os function, an open for writing."""
    called = ast.unparse(call.func)
    if called.startswith("shutil."):
        return called not in HARMLESS_FUNCTIONS
    if os_function(call) in WRITING_OS_FUNCTIONS:
        return not (call.args and ast.unparse(call.args[0]) == "os.devnull")
    if isinstance(call.func, ast.Attribute) and call.func.attr in WRITING_METHODS:
        return True
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in ("open", "fdopen") and may_write(call)


def may_write(call: ast.Call) -> bool:
    """Whether an `open` asks for a mode other than reading, or one that cannot be seen here."""
    method = isinstance(call.func, ast.Attribute) and os_function(call) == ""
    stream = ast.unparse(call.func).startswith(("io.", "gzip.", "codecs."))
    position = 0 if method and not stream else 1
    modes = [keyword.value for keyword in call.keywords if keyword.arg == "mode"]
    modes += call.args[position : position + 1]
    return any(
        not isinstance(mode, ast.Constant) or not set(str(mode.value)) <= set("rbt")
        for mode in modes
    )


def os_function(call: ast.Call) -> str:
    """The name of the function of `os` that is called, or an empty string."""
    func = call.func
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name):
        return func.attr if func.value.id == "os" else ""
    return ""


def sizes(module: Module) -> list[str]:
    """Modules of at most 400 lines, functions of at most 60."""
    breaches = []
    length = len(module.source.splitlines())
    if length > MODULE_LINES:
        breaches.append(
            f"{module.path}: {length} lines, at most {MODULE_LINES}; make it a package of that name"
        )
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                breaches.append(
                    f"{module.path}:{node.lineno}: {node.name} has {lines} lines, at most "
                    f"{FUNCTION_LINES}; give its parts names"
                )
    return breaches


def names(module: Module) -> list[str]:
    """No drawer for odds and ends."""
    parts = [part.removesuffix(".py").strip("_") for part in module.path.split("/")]
    return [
        f"{module.path}: {part} says nothing; name the module after what is in it"
        for part in parts
        if part in FORBIDDEN_NAMES
    ]


CHECKS: list[Callable[[Module], list[str]]] = [arrows, purity, doors, one_writer, sizes, names]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_house_keeps_its_rules(check: Callable[[Module], list[str]]) -> None:
    breaches = [breach for module in modules() for breach in check(module)]
    assert not breaches, "\n" + "\n".join(breaches)


def test_every_package_that_is_imported_is_declared() -> None:
    pyproject = (PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(pyproject)["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    wanted = [one for group in groups for one in group]
    declared = {spelling(re.split(r"[<>=~!\[; ]", one)[0]) for one in wanted}
    homes = packages_distributions()
    for module in modules():
        for line, name in imports(module):
            top = name.split(".")[0]
            if top != "pubtool" and top not in sys.stdlib_module_names:
                found = {spelling(home) for home in homes.get(top, [])}
                assert found & declared, f"{module.path}:{line}: {top} is no declared dependency"


def spelling(distribution: str) -> str:
    """A distribution's name as package indexes normalise it."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_the_rooms_form_no_circle() -> None:
    for room, allowed in MAY_IMPORT.items():
        for other in allowed:
            assert room not in MAY_IMPORT[other], f"{room} and {other} may import each other"


def test_only_the_pipeline_sees_two_rooms() -> None:
    rooms = {"readers", "checker", "reporters", "writers", "publishers"}
    for room, allowed in MAY_IMPORT.items():
        if room != "pipeline":
            assert len(allowed & rooms) == 0, f"{room} may import {sorted(allowed & rooms)}"


# --- The checks can see ---------------------------------------------------------------------------

BREACHES = [
    (
        arrows,
        "checker/verdict.py",
        "from pubtool.readers.post import read_post",
        "checker may import",
    ),
    (arrows, "checker/verdict.py", "from pubtool import readers", "checker may import"),
    (arrows, "checker/verdict.py", "from ..readers import post", "checker may import"),
    (arrows, "checker/rules/quote.py", "from ...readers.post import f", "checker may import"),
    (
        arrows,
        "checker/verdict.py",
        "def f():\n    import pubtool.system.files",
        "checker may import",
    ),
    (arrows, "text/words.py", "from pubtool.system.files import read_text", "text may import"),
    (arrows, "model.py", "from pubtool.errors import PubtoolError", "model may import"),
    (arrows, "readers/post.py", "from pubtool.writers import html", "readers may import"),
    (arrows, "readers/post.py", "from pubtool.pipeline import check", "readers may import"),
    (arrows, "cli/check.py", "from pubtool.checker.check import check_post", "cli may import"),
    (arrows, "cli/check.py", "from pubtool.system import files", "cli may import"),
    (arrows, "cellar/wine.py", "", "is no room"),
    (purity, "checker/verdict.py", "import os", "is pure"),
    (purity, "checker/verdict.py", "from pathlib import Path", "is pure"),
    (purity, "checker/verdict.py", "def f():\n    from time import time", "is pure"),
    (purity, "text/words.py", "import random", "is pure"),
    (purity, "model.py", "import urllib.parse", "is pure"),
    (purity, "reporters/json.py", "from datetime import date", "is pure"),
    (purity, "checker/verdict.py", "open('a')", "calls open()"),
    (purity, "checker/verdict.py", "print('a')", "calls print()"),
    (doors, "readers/post.py", "import subprocess", "or system/confined.py may"),
    (doors, "system/files.py", "import subprocess", "or system/confined.py may"),
    (doors, "readers/post.py", "import os\nos.system('ls')", "only system/pandoc.py may"),
    (doors, "readers/post.py", "import os\nos.execvp('ls', [])", "only system/pandoc.py may"),
    (doors, "readers/post.py", "import socket", "or system/loopback.py may"),
    (doors, "server/app.py", "import uvicorn", "only system/loopback.py may"),
    (doors, "readers/post.py", "from urllib import request", "only system/network.py may"),
    (doors, "readers/post.py", "from urllib.request import urlopen", "only system/network.py may"),
    (doors, "system/pandoc.py", "from http import client", "only system/network.py may"),
    (doors, "pipeline.py", "import keyring", "only system/credentials.py may"),
    (one_writer, "writers/html.py", "open('a', 'w')", "changes files"),
    (one_writer, "writers/html.py", "open('a', mode='ab')", "changes files"),
    (one_writer, "writers/html.py", "open('a', mode)", "changes files"),
    (one_writer, "writers/html.py", "path.open('w')", "changes files"),
    (one_writer, "writers/html.py", "import io\nio.open('a', 'w')", "changes files"),
    (one_writer, "writers/html.py", "path.write_text('a')", "changes files"),
    (one_writer, "writers/html.py", "path.write_bytes(b'a')", "changes files"),
    (one_writer, "writers/html.py", "path.mkdir()", "changes files"),
    (one_writer, "pipeline.py", "import shutil\nshutil.rmtree('a')", "changes files"),
    (one_writer, "pipeline.py", "from shutil import rmtree", "changes files"),
    (one_writer, "pipeline.py", "import tempfile", "changes files"),
    (one_writer, "pipeline.py", "import os\nos.replace('a', 'b')", "changes files"),
    (sizes, "text/long.py", "\n" * (MODULE_LINES + 1), "make it a package"),
    (sizes, "text/long.py", "def f():\n" + "    a = 1\n" * FUNCTION_LINES, "f has 61 lines"),
    (names, "text/utils.py", "", "says nothing"),
    (names, "checker/common/words.py", "", "says nothing"),
    (names, "readers/_helpers.py", "", "says nothing"),
]


@pytest.mark.parametrize(("check", "path", "source", "sentence"), BREACHES)
def test_a_breach_is_seen(
    check: Callable[[Module], list[str]], path: str, source: str, sentence: str
) -> None:
    breaches = check(Module(path, source))
    assert breaches
    assert all(breach.startswith(path) and sentence in breach for breach in breaches)


HARMLESS = [
    (
        arrows,
        "readers/post.py",
        "from pubtool.system.files import read_text\nfrom ..model import Post",
    ),
    (
        arrows,
        "checker/verdict.py",
        "from .align import align\nfrom pubtool.text.words import words",
    ),
    (arrows, "pipeline.py", "from pubtool.checker import check\nfrom pubtool.readers import post"),
    (arrows, "cli/main.py", "from pubtool import __version__\nimport click"),
    (purity, "checker/verdict.py", "import re\nfrom importlib import resources"),
    (purity, "readers/post.py", "from pathlib import Path"),
    (doors, "system/pandoc.py", "import subprocess"),
    (doors, "system/network.py", "import socket\nfrom urllib import request"),
    (doors, "readers/post.py", "from urllib.parse import quote"),
    (doors, "system/credentials.py", "import keyring"),
    (one_writer, "readers/post.py", "open('a')\nopen('a', 'rb')\npath.open('r')\npath.read_text()"),
    (one_writer, "readers/post.py", "'a'.replace('a', 'b')"),
    (one_writer, "system/pandoc.py", "import shutil\nshutil.which('pandoc')"),
    (one_writer, "cli/main.py", "import os\nos.open(os.devnull, os.O_WRONLY)"),
    (one_writer, "system/files.py", "import os\nos.replace('a', 'b')"),
    (sizes, "text/short.py", "def f():\n" + "    a = 1\n" * (FUNCTION_LINES - 1)),
    (names, "checker/alignment.py", ""),
]


@pytest.mark.parametrize(("check", "path", "source"), HARMLESS)
def test_what_is_allowed_raises_no_alarm(
    check: Callable[[Module], list[str]], path: str, source: str
) -> None:
    assert check(Module(path, source)) == []
