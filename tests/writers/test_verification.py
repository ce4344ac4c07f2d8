"""verification.json: digests that anybody can take again, and the form that is published."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from tests.schemas import closed, schema

from pubtool.model import (
    Cited,
    Code,
    Finding,
    How,
    Key,
    Severity,
    SourceText,
    Span,
    VerdictKind,
    Waiver,
)
from pubtool.readers.verification import read_verification
from pubtool.system.pandoc import Pandoc
from pubtool.writers.export import Material, plan_jobs
from pubtool.writers.json_file import json_file
from pubtool.writers.provenance import Provenance, Sources

TEXT = 'He says: "of his own" and "twice over", and "nowhere".'
WORDS = "The text of the source."


def sha256(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


class Shelf:
    """Sources that count how often they were opened."""

    def __init__(self) -> None:
        self.opened: list[Key] = []
        self.digests = {Key("mill1859"): "1" * 64}

    def sources(self) -> Sources:
        def text(key: Key) -> SourceText | None:
            self.opened.append(key)
            return SourceText(key, WORDS) if key in self.digests else None

        return Sources(self.provenance, text, lambda key: "plain 1")

    def provenance(self, key: Key) -> Provenance:
        digest = self.digests.get(key)
        return Provenance(((f"sources/{key}.txt", digest),) if digest else (), pin=digest or "")


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def given(post: Any, verdict: Any, material: Any, shelf: Shelf) -> Material:
    """A material of one post whose quotations are of all sorts."""
    cited = Cited(Key("gone"), None, How.CITATION)
    finding = Finding(Code("Q301"), Severity.ERROR, "nowhere", Span(0, 1))
    lost = verdict(TEXT, "nowhere", VerdictKind.EXEMPT, reason="waived", findings=(finding,))
    waiver = Waiver((Code("Q301"),), "a letter", Span(0, 0), Span(0, 1))
    lost = replace(lost, quotation=replace(lost.quotation, cited=(cited,), waivers=(waiver,)))
    checked = post(TEXT, verdict(TEXT, "of his own"), verdict(TEXT, "twice over"), lost)
    other = post("Nothing is quoted.", path="posts/b.md")
    made: Material = material(checked, other, url="https://example.org")
    return replace(made, sources=shelf.sources())


@pytest.fixture
def written(given: Material, write: Any) -> dict[str, bytes]:
    found: dict[str, bytes] = write(given, "html")
    return found


@pytest.fixture
def record(written: dict[str, bytes]) -> Any:
    return json.loads(written["a/verification.json"])


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema("verification"))


@pytest.mark.parametrize("name", ["a/verification.json", "verification.json"])
def test_what_is_written_holds_to_the_schema_and_has_no_key_that_it_lacks(
    name: str, written: dict[str, bytes]
) -> None:
    Draft202012Validator(closed(schema("verification"))).validate(json.loads(written[name]))


@pytest.mark.parametrize("name", ["a/verification.json", "verification.json"])
def test_what_is_written_is_read_back(name: str, written: dict[str, bytes]) -> None:
    read, whole = read_verification(written[name], name), json.loads(written[name])
    back = json.loads(msgspec.json.encode(read))
    told = {"published"} if name == "a/verification.json" else set()
    assert back.keys() >= {"schema", "about", "tool", "settings", "sources", *told}
    for key in back:
        assert msgspec.json.encode(getattr(read, key, whole[key]))
        if key not in ("sources", "posts"):
            assert back[key] == whole[key]


def test_half_a_character_is_written_as_unknown_and_can_be_read_back() -> None:
    whole = {"text": "as it is: é 😀", "empty": [], "number": 1}
    assert json.loads(json_file(whole)) == whole
    assert json.loads(json_file({"text": "\ud800 \\ud800"})) == {"text": "\ufffd \\ud800"}
    assert msgspec.json.decode(json_file({"text": "\ud800"})) == {"text": "\ufffd"}
    assert json_file(whole).startswith(b'{\n "text": "as it is: \xc3\xa9')


def test_digests_are_those_of_the_files(record: Any, written: dict[str, bytes]) -> None:
    assert record["post"] == {"path": "posts/a.md", "sha256": sha256(TEXT)}
    assert record["published"] == {
        name: sha256(written[f"a/{name}"]) for name in ("index.html", "annotations.jsonld")
    }
    mill = record["sources"]["mill1859"]
    assert mill["files"] == {"sources/mill1859.txt": "1" * 64}
    assert mill["text"]["sha256"] == sha256(WORDS)
    assert mill["text"]["characters"] == len(WORDS)


def test_an_entry_s_digest_is_that_of_its_csl(record: Any, given: Material) -> None:
    csl = given.bibliography.sources[Key("mill1859")].csl
    text = json.dumps(csl, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert record["sources"]["mill1859"]["entry"] == sha256(text)


def test_a_source_that_is_not_there_is_null(record: Any) -> None:
    assert record["sources"]["gone"] == {"entry": None, "files": {}, "pinned": None, "text": None}


def test_the_page_holds_no_digest_of_the_record(written: dict[str, bytes]) -> None:
    digest = sha256(written["a/verification.json"]).encode()
    assert not [name for name, data in written.items() if digest in data]


def test_findings_are_those_that_the_settings_report(given: Material, write: Any) -> None:
    def findings(**settings: Any) -> list[list[str]]:
        chosen = replace(given, settings=replace(given.settings, **settings))
        read = json.loads(write(chosen, "html")["a/verification.json"])
        return [quotation["findings"] for quotation in read["quotations"]]

    assert findings() == [[], [], ["Q301"]]
    assert findings(ignore=("Q3",)) == findings(select=("Q1",)) == [[], [], []]


def test_the_site_lists_the_posts_that_have_quotations(written: dict[str, bytes]) -> None:
    site = json.loads(written["verification.json"])
    assert [post["verification"] for post in site["posts"]] == ["a/verification.json"]
    assert site["posts"][0]["summary"]["verdicts"] == {"exempt": 1, "verbatim": 2}
    assert "text" not in site["sources"]["mill1859"]
    assert "b/verification.json" not in written


def digests(given: Material, pandoc: Pandoc) -> dict[str, str]:
    return {job.name: job.digest for job in plan_jobs(given, ("html",), pandoc)}


def test_planning_opens_no_source(given: Material, shelf: Shelf, pandoc: Pandoc) -> None:
    digests(given, pandoc)
    assert shelf.opened == []


def test_a_source_s_file_touches_the_posts_that_rest_on_it_and_the_site_s_record(
    given: Material, shelf: Shelf, pandoc: Pandoc
) -> None:
    before = digests(given, pandoc)
    shelf.digests[Key("mill1859")] = "2" * 64
    after = digests(given, pandoc)
    changed = {name for name in before if before[name] != after[name]}
    assert {"html:posts/a.md", "html:verification"} <= changed
    assert not {"html:posts/b.md", "html:index", "html:archive"} & changed


@pytest.mark.parametrize("setting", [{"convention": "bluebook"}, {"ignore": ("Q1",)}], ids=str)
def test_a_setting_that_decides_touches_what_is_told_of_quotations(
    setting: Any, given: Material, pandoc: Pandoc
) -> None:
    before = digests(given, pandoc)
    after = digests(replace(given, settings=replace(given.settings, **setting)), pandoc)
    changed = {name for name in before if before[name] != after[name]}
    assert {"html:posts/a.md", "html:verification"} <= changed
    assert "html:index" not in changed
