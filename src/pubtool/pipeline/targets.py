"""What a build is asked for: how strict it is, and where it may write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from pubtool.errors import BadOutput
from pubtool.system.config import OWN_NAMES, Project

if TYPE_CHECKING:
    from pubtool.model import Report
    from pubtool.reporters.text import Recall

Progress = Callable[[int, int, str], None]
"""Told what is being done: how many steps are done, of how many, and the name of the next."""


class BuildMode(Enum):
    """Whether failing quotations stop the build."""

    STRICT = "strict"
    DRAFT = "draft"
    """They do not; the output is stamped as unverified, and drafts are built too."""


@dataclass(frozen=True)
class Look:
    """How a report is shown."""

    show: Callable[[Report, Recall], str]
    told: tuple[str, ...]
    """All that this depends on besides the report: the width, whether there are colours."""


def refuse_output(project: Project, output: Path) -> None:
    """Raise BadOutput for a folder that the project needs itself, or that is none.

    Outside the project any folder will do; the one around it would mix pages and posts.
    """
    root, target = project.root.resolve(), output.resolve()
    if target == root or target in root.parents:
        raise BadOutput(str(output), "it holds the project")
    first = target.relative_to(root).parts[0] if target.is_relative_to(root) else ""
    if first in OWN_NAMES or first.startswith("."):
        raise BadOutput(str(output), f"the project needs {first} itself")
    for there in (target, *target.parents):
        if there.exists():
            if not there.is_dir():
                raise BadOutput(str(output), f"{there.name} is a file")
            break
