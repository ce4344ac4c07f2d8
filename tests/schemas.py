"""The JSON schemas that come with the package."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def schema(name: str) -> Any:
    """Return a schema, ``check`` or ``verification``."""
    text = files("pubtool").joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def closed(node: Any) -> Any:
    """Return a schema with unknown keys forbidden, so that a key it lacks is noticed."""
    if isinstance(node, list):
        return [closed(each) for each in node]
    if not isinstance(node, dict):
        return node
    made = {name: closed(each) for name, each in node.items()}
    if "properties" in made and "additionalProperties" not in made:
        made["additionalProperties"] = False
    return made
