"""`config` shows what is in force, in a form that the program reads back."""

from __future__ import annotations

import tomllib
from pathlib import Path

from click.testing import CliRunner

from pubtool.cli import program


def shown(folder: Path) -> str:
    result = CliRunner().invoke(program, ["--project", str(folder), "config"])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_setting_is_shown_with_the_line_that_it_is_from(tmp_path: Path) -> None:
    settings = '[site]\ntitle = "Essays — “new”"\n\n[check]\nfail-on = "warning"\n'
    (tmp_path / "pubtool.toml").write_text(settings, encoding="utf-8")
    lines = {" ".join(line.split()) for line in shown(tmp_path).splitlines()}
    assert 'title = "Essays — “new”" # pubtool.toml:2' in lines
    assert 'fail-on = "warning" # pubtool.toml:5' in lines
    assert 'convention = "chicago" # default' in lines


def test_what_is_shown_can_be_read_back(tmp_path: Path) -> None:
    path = tmp_path / "pubtool.toml"
    site = '[sites.blog]\nurl = "https://example.org"\n'
    path.write_text(f'[build]\noutput = "out"\nformats = ["html"]\n{site}', encoding="utf-8")
    first = shown(tmp_path)
    values = tomllib.loads(first)
    assert values["build"]["output"] == "out"
    assert values["sites"]["blog"]["auth"] == "basic"
    path.write_text(first, encoding="utf-8")
    assert tomllib.loads(shown(tmp_path)) == values
