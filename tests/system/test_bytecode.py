"""What Jinja compiled of our templates is kept, and taken only where it is of just that."""

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from pubtool.system import bytecode
from pubtool.system.bytecode import KeptBytecode

TEMPLATE = "Dear {{ name }}"


@pytest.fixture(autouse=True)
def _bytecode_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


def render(folder: Path, text: str = TEMPLATE, options: str = "", **given: bool) -> str:
    environment = Environment(
        loader=DictLoader({"letter": text}),
        bytecode_cache=KeptBytecode(folder, options),
        **given,  # type: ignore[arg-type]
    )
    return environment.get_template("letter").render(name="<you>")


def kept(folder: Path) -> Path:
    (found,) = (folder / "__pycache__").iterdir()
    return found


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were compiled."""
    texts = list[str]()
    compile_text = Environment.compile

    def count(self: Environment, source: str, *given: object, **named: object) -> object:
        texts.append(source)
        return compile_text(self, source, *given, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", count)
    return texts


def test_a_template_is_compiled_once(tmp_path: Path, compiled: list[str]) -> None:
    assert render(tmp_path) == render(tmp_path) == "Dear <you>"
    assert compiled == [TEMPLATE]


def test_another_text_is_compiled(tmp_path: Path, compiled: list[str]) -> None:
    render(tmp_path)
    assert render(tmp_path, "Dearest {{ name }}") == "Dearest <you>"
    assert compiled == [TEMPLATE, "Dearest {{ name }}"]


def test_what_was_compiled_otherwise_is_not_taken(tmp_path: Path) -> None:
    render(tmp_path)
    assert render(tmp_path, options="escaped", autoescape=True) == "Dear &lt;you&gt;"


def test_what_another_jinja_compiled_is_not_taken(
    tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    render(tmp_path)
    monkeypatch.setattr(bytecode, "jinja_version", "0")
    render(tmp_path)
    assert compiled == [TEMPLATE, TEMPLATE]


@pytest.mark.parametrize("cut", [0, 1, 64, 65, 66, 100, -1])
def test_what_is_damaged_is_compiled_again(tmp_path: Path, compiled: list[str], cut: int) -> None:
    render(tmp_path)
    place = kept(tmp_path)
    place.write_bytes(place.read_bytes()[:cut])
    assert render(tmp_path) == render(tmp_path) == "Dear <you>"
    assert compiled == [TEMPLATE, TEMPLATE]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    tmp_path.joinpath("__pycache__").write_text("no folder")
    assert render(tmp_path) == "Dear <you>"


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    render(tmp_path)
    assert list(tmp_path.iterdir()) == []
