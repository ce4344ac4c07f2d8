"""provisional: replaced by pipeline/deciding.py."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pubtool.model import Choice, Code, Decision
from pubtool.system.files import read_bytes
from pubtool.system.toml import quote_text

FOLDER = "decisions"


def file_of(post: str, quotation: str) -> str:
    return f"{FOLDER}/{post.removeprefix('posts/').removesuffix('.md')}/{quotation}.toml"


def render(decision: Decision) -> bytes:
    codes = ", ".join(quote_text(code) for code in decision.codes)
    return "".join(
        f"{name} = {value}\n"
        for name, value in (
            ("text", quote_text(decision.text)),
            ("choice", quote_text(decision.choice.value)),
            ("verdict", quote_text(decision.verdict)),
            ("codes", f"[{codes}]"),
            ("reason", quote_text(decision.reason)),
            ("by", quote_text(decision.by)),
            ("on", quote_text(decision.on)),
        )
    ).encode()


def parse(post: str, quotation: str, data: bytes) -> Decision:
    table = tomllib.loads(data.decode())
    return Decision(
        post,
        quotation,
        table["text"],
        Choice(table["choice"]),
        table["verdict"],
        tuple(map(Code, table["codes"])),
        table["reason"],
        table["by"],
        table["on"],
    )


def decisions_of(root: Path, post: str) -> dict[str, Decision]:
    folder = (root / file_of(post, "x")).parent
    return {
        path.stem: parse(post, path.stem, read_bytes(path))
        for path in sorted(folder.glob("q-*.toml"))
    }
