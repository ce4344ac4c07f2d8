"""review: what an editor decides is saved, and nobody else sees or writes anything."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from tests.desk import make_project
from tests.reviewing import Desk, form, reviewing

from pubtool.model import Choice
from pubtool.pipeline.deciding import all_decisions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of one post that was looked at before."""
    root = make_project(tmp_path_factory.mktemp("made") / "project", 1)
    with reviewing(root) as desk:
        desk.settle()
    return root


@pytest.fixture(scope="module")
def kept(made: Path) -> Iterator[Desk]:
    """A desk that nothing is written at."""
    with reviewing(made) as desk:
        yield desk


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "project"))


@pytest.fixture
def desk(project: Path) -> Iterator[Desk]:
    with reviewing(project) as found:
        yield found


def quotation(desk: Desk, number: int, **more: str) -> str:
    """The address of the post's quotation of that number."""
    page = desk.get("/post/posts/part-1.md?show=all").text
    paths = list(dict.fromkeys(re.findall(r'href="(/quotation/[^"]+)"', page)))
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return f"{paths[number - 1]}{query}"


class TestEntry:
    @pytest.mark.parametrize("path", ["/", "/events", "/own/review.js", "/post/posts/part-1.md"])
    def test_without_the_key_nothing_is_shown(self, kept: Desk, path: str) -> None:
        for cookie in ("", "pubtool-review-1=x", f"{kept.cookie[:-1]}~", "a=b"):
            answer = kept.ask("GET", path, Cookie=cookie)
            assert answer.status == 403
            assert "Part 1" not in answer.text

    @pytest.mark.parametrize("query", ["key=", "key=x", "key", "key=%00", "key=%C3%A9", "key=%FF"])
    def test_another_key_opens_nothing(self, kept: Desk, query: str) -> None:
        answer = kept.ask("GET", f"/?{query}")
        assert answer.status == 403
        assert "set-cookie" not in answer.headers

    def test_the_key_becomes_a_cookie_that_no_script_and_no_other_site_has(
        self, kept: Desk
    ) -> None:
        path = kept.start.removeprefix(kept.home)
        answer = kept.ask("GET", path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate")
        attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")}
        assert {"httponly", "samesite=strict", "path=/"} <= attributes
        assert "Part 1" not in answer.text

    def test_a_key_in_another_address_opens_nothing(self, kept: Desk) -> None:
        key = kept.start.rpartition("?")[2]
        assert kept.ask("GET", f"/post/posts/part-1.md?{key}").status == 403
        assert kept.ask("POST", f"/?{key}").status == 403


class TestOtherPages:
    def test_the_host_must_be_this_machine_with_this_port(self, kept: Desk) -> None:
        assert kept.get("/", Host=f"localhost:{kept.port}").status == 200
        wrong = (f"evil.example:{kept.port}", "evil.example", f"127.0.0.1:{kept.port + 1}", "")
        for name in (*wrong, "127.0.0.1", f"127.0.0.1.evil.example:{kept.port}"):
            for path in ("/", kept.start.removeprefix(kept.home)):
                answer = kept.get(path, Host=name)
                assert answer.status == 421, name
                assert "set-cookie" not in answer.headers

    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    def test_what_another_page_asks_for_is_refused(self, kept: Desk, site: str) -> None:
        """A page of another port of this machine is the same site, and has our cookie."""
        for mode in ("navigate", "no-cors", "cors"):
            answer = kept.get("/", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode)
            assert answer.status == 403
            assert "Part 1" not in answer.text

    def test_a_page_can_do_little_and_be_held_by_none(self, kept: Desk) -> None:
        headers = kept.get("/").headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-frame-options"] == "DENY"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in headers

    def test_no_page_has_anything_written_into_it_that_runs(self, kept: Desk) -> None:
        for path in ("/", "/?do=keys", quotation(kept, 5), quotation(kept, 5, do="cite")):
            text = kept.get(path).text
            assert not re.search(r"<style|<script(?! src=)|\son\w+=|style=|javascript:", text)


class TestWritingRequests:
    ACTIONS = ("accept", "waive", "withdraw", "fix", "cite", "undo", "name")

    @pytest.mark.parametrize("action", ACTIONS)
    def test_they_need_the_origin_the_cookie_and_the_form_s_secret(
        self, desk: Desk, project: Path, action: str
    ) -> None:
        fields = form(desk.get(quotation(desk, 5)).text, "accept")
        assert fields["form"]
        refused = [
            desk.post(f"/{action}", fields, Origin="http://evil.example"),
            desk.post(f"/{action}", fields, Origin="null"),
            desk.post(f"/{action}", fields, Origin=f"http://127.0.0.1:{desk.port + 1}"),
            desk.post(f"/{action}", fields, Origin=f"https://127.0.0.1:{desk.port}"),
            desk.post(f"/{action}", fields, Origin=""),
            desk.post(f"/{action}", fields, Cookie=""),
            desk.post(f"/{action}", fields, Sec_Fetch_Site="cross-site"),
            desk.post(f"/{action}", fields, Sec_Fetch_Site="same-site"),
            desk.post(f"/{action}", {**fields, "form": "x"}),
            desk.post(f"/{action}", {n: v for n, v in fields.items() if n != "form"}),
            desk.post(f"/{action}", {**fields, "more": "x" * 70_000}),
            desk.post(f"/{action}", fields | {str(n): n for n in range(300)}),
        ]
        assert [answer.status for answer in refused] == [403] * len(refused)
        assert not all_decisions(project)

    @pytest.mark.parametrize("action", ACTIONS)
    def test_they_are_no_reading_requests(self, desk: Desk, action: str) -> None:
        fields = form(desk.get(quotation(desk, 5)).text, "accept")
        query = "&".join(f"{name}={value}" for name, value in fields.items())
        assert desk.get(f"/{action}?{query}").status in (404, 405)
        assert desk.ask("PUT", f"/{action}", Cookie=desk.cookie).status == 405

    def test_nonsense_with_the_secret_is_answered(self, desk: Desk) -> None:
        secret = form(desk.get(quotation(desk, 5)).text, "accept")["form"]
        for action in self.ACTIONS:
            for post in ("posts/part-1.md", "../x", "/etc/passwd", "posts/\0.md", ""):
                fields = {"form": secret, "post": post, "quotation": "../../x", "step": "9" * 30}
                assert desk.post(f"/{action}", fields).status in (303, 404, 409), (action, post)


class TestShowing:
    def test_the_list_counts_what_waits(self, kept: Desk) -> None:
        kept.settle()
        text = kept.get("/").text
        assert "6 waiting" in text
        for said in ("3 altered", "1 absent", "1 misattributed"):
            assert said in text

    def test_a_filter_leads_from_one_to_the_next_of_its_kind(self, kept: Desk) -> None:
        pages = [kept.get(path).text for path in kept.items("altered")]
        assert len(pages) == 3
        assert all('class="tag">altered<' in page for page in pages)

    def test_a_quotation_stands_beside_its_source_with_the_difference(self, kept: Desk) -> None:
        text = kept.get(quotation(kept, 5)).text
        assert re.search(r"<ins [^>]*><span class=\"sr\">[^<]*</span>peculiar<", text)
        assert re.search(r"<del [^>]*><span class=\"sr\">[^<]*</span>patient<", text)
        assert "words changed: “peculiar” for “patient” (not marked)" in text
        assert "Ann Elder, The Elder Papers, 1895" in text
        assert 'href="/rule/Q101' in text

    def test_where_else_it_stands_is_shown(self, kept: Desk) -> None:
        text = kept.get(quotation(kept, 8)).text
        assert "misattributed" in text
        assert "Ann Cedar" in text

    def test_a_rule_is_explained(self, kept: Desk) -> None:
        text = kept.get("/rule/Q101").text
        assert "<h2" in text
        assert "Chicago" in text
        assert "```" not in text
        assert "Not reported" in text, "the examples that `explain` shows"
        assert kept.get("/rule/Q999").status == 404

    def test_a_post_shows_its_words_with_each_quotation_marked(self, kept: Desk) -> None:
        text = kept.get("/post/posts/part-1.md").text
        assert text.count('class="quoted') == 10
        assert "In the 5th place" in text

    @pytest.mark.parametrize(
        "path",
        ["/post/posts/none.md", "/post/../pubtool.toml", "/post/pubtool.toml", "/own/app.py",
         "/quotation/posts/part-1.md/q-none", "/own/..%2fapp.py", "/%00", "/nowhere"],
    )  # fmt: skip
    def test_no_address_leads_to_a_file(self, kept: Desk, path: str) -> None:
        answer = kept.get(path)
        assert answer.status == 404
        assert "[site]" not in answer.text


def test_hostile_words_are_shown_as_words(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", 1)
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    turned = "\u202etxet\u202c"
    title = evil.replace('"', "")
    quoted = f"They wrote “{evil} {turned} in the very dead of the night” [@cedar1873]."
    (root / "posts" / "part-1.md").write_text(
        f'---\ntitle: "{title}"\n---\n\n{quoted}\n', encoding="utf-8"
    )
    source = f"{evil}\n\nIt was written {evil} {turned} in the very dead of the night.\n"
    (root / "sources" / "cedar1873.txt").write_text(source, encoding="utf-8")
    with reviewing(root) as desk:
        pages = ["/", "/?show=all", "/post/posts/part-1.md", *desk.items(), *(
            f"{path}&do={do}" for path in desk.items() for do in ("waive", "fix", "cite")
        )]  # fmt: skip
        for path in pages:
            text = desk.get(path).text
            assert "<img" not in text
            assert "<script>" not in text
            assert "\u202e" not in text
        assert any("&lt;script&gt;" in desk.get(path).text for path in pages)


class TestDeciding:
    def test_what_is_accepted_is_in_a_file_and_the_next_waiting_one_comes(
        self, desk: Desk, project: Path
    ) -> None:
        path = quotation(desk, 5).replace("show=all", "show=waiting")
        answer = desk.post("/accept", form(desk.get(path).text, "accept"))
        assert answer.status == 303
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.choice is Choice.ACCEPT
        assert standing.last.verdict == "altered"
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", standing.last.on)
        page = desk.get(answer.headers["location"]).text
        assert "Accepted “the narrow harbour" in page
        assert "quotation 6" in page
        assert "5 waiting" in desk.get("/").text

    def test_a_waiver_names_codes_and_a_reason(self, desk: Desk, project: Path) -> None:
        path = quotation(desk, 7, do="waive")
        fields = form(desk.get(path).text, "waive")
        assert desk.post("/waive", {**fields, "code": "Q301", "reason": " "}).status == 409
        assert desk.post("/waive", {**fields, "code": [], "reason": "x"}).status == 409
        assert desk.post("/waive", {**fields, "code": "Q999", "reason": "x"}).status == 409
        assert not all_decisions(project)
        fields |= {"code": "Q301", "reason": "a letter  of 3 May"}
        assert desk.post("/waive", fields).status == 303
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.codes == ("Q301",)
        assert standing.last.reason == "a letter of 3 May"
        assert "a letter of 3 May" in desk.get(path).text
        assert "5 waiting" in desk.get("/").text

    def test_in_a_repository_decisions_are_signed_with_git_s_name(self, project: Path) -> None:
        for command in (("init", "-q"), ("config", "user.name", "Ada of git")):
            subprocess.run(("git", *command), cwd=project, check=True)
        with reviewing(project) as desk:
            desk.post("/accept", form(desk.get(quotation(desk, 5)).text, "accept"))
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.by == "Ada of git"

    def test_decisions_are_signed_with_the_name_that_is_given(
        self, desk: Desk, project: Path
    ) -> None:
        fields = form(desk.get("/?do=keys").text, "name")
        assert desk.post("/name", {**fields, "name": "Ada  Example"}).status == 303
        desk.post("/accept", form(desk.get(quotation(desk, 5)).text, "accept"))
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.by == "Ada Example"

    def test_a_decision_of_another_verdict_waits_again(self, desk: Desk, project: Path) -> None:
        path = quotation(desk, 5)
        desk.post("/accept", form(desk.get(path).text, "accept"))
        source = project / "sources" / "elder1895.txt"
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("patient captain", "peculiar captain"), encoding="utf-8")
        desk.settle()
        assert "when the verdict was altered" in wait_for(desk, path, "when the verdict was")


class TestFixing:
    def test_a_fix_changes_its_words_and_nothing_else(self, desk: Desk, project: Path) -> None:
        post = project / "posts" / "part-1.md"
        before = post.read_bytes().replace(b"\n", b"\r\n")
        post.write_bytes(before)
        path = quotation(desk, 5, do="fix")
        answer = desk.post("/fix", form(desk.get(path).text, "fix"))
        assert answer.status == 303
        assert post.read_bytes() == before.replace(b"peculiar", b"patient")
        page = desk.get(answer.headers["location"]).text
        assert 'class="tag">adapted<' in page
        assert "quotation 5" in page
        undone = desk.post("/undo", form(page, "undo"))
        assert undone.status == 303
        assert post.read_bytes() == before
        assert 'class="tag">altered<' in desk.get(undone.headers["location"]).text

    def test_a_citation_is_set_and_taken_back(self, desk: Desk, project: Path) -> None:
        post = project / "posts" / "part-1.md"
        before = post.read_bytes()
        page = desk.get(quotation(desk, 9, do="cite")).text
        fields = form(page, "cite") | {"key": "doyle1884", "place": "p. 3"}
        answer = desk.post("/cite", fields)
        assert answer.status == 303
        assert b"asked for it that year\xe2\x80\x9d [@doyle1884, p. 3]." in post.read_bytes()
        page = desk.get(answer.headers["location"]).text
        assert "Cites <cite>Ann Doyle" in page
        page = desk.get(f"{answer.headers['location']}&do=cite").text
        again = desk.post("/cite", form(page, "cite") | {"key": "elder1895", "place": ""})
        assert again.status == 303
        assert b"asked for it that year\xe2\x80\x9d [@elder1895]." in post.read_bytes()
        page = desk.get(again.headers["location"]).text
        desk.post("/undo", form(page, "undo"))
        desk.post("/undo", form(desk.get("/").text, "undo"))
        assert post.read_bytes() == before

    @pytest.mark.parametrize(
        ("key", "place"),
        [("nobody", ""), ("", ""), ("doyle1884", "p. 3] <b>"), ("doyle1884", "3; @elder1895")],
    )
    def test_what_is_no_citation_is_refused(
        self, desk: Desk, project: Path, key: str, place: str
    ) -> None:
        before = (project / "posts" / "part-1.md").read_bytes()
        fields = form(desk.get(quotation(desk, 9, do="cite")).text, "cite")
        answer = desk.post("/cite", fields | {"key": key, "place": place})
        assert answer.status == 409
        assert 'role="alert"' in answer.text
        assert (project / "posts" / "part-1.md").read_bytes() == before

    def test_sources_are_found_by_their_titles(self, desk: Desk) -> None:
        page = desk.get(quotation(desk, 9, do="cite", find="cedar+papers")).text
        assert re.findall(r'type="radio" name="key" value="([^"]+)"', page) == ["cedar1873"]


class TestUndoing:
    def test_a_decision_is_taken_back_to_the_byte(self, desk: Desk, project: Path) -> None:
        page = desk.get(quotation(desk, 5)).text
        first = desk.post("/accept", form(page, "accept"))
        [there] = (project / "decisions").rglob("*.toml")
        kept = there.read_bytes() + b"\n# a remark of the editor's\n"
        there.write_bytes(kept)
        while form(page, "accept")["decided"] != sha256(kept).hexdigest():
            page = desk.get(quotation(desk, 5, do="waive")).text
        desk.post("/waive", form(page, "waive") | {"code": "Q101", "reason": "as spoken"})
        assert there.read_bytes() != kept
        desk.post("/undo", form(desk.get("/").text, "undo"))
        assert there.read_bytes() == kept
        refused = desk.post("/undo", form(desk.get(first.headers["location"]).text, "undo"))
        assert refused.status == 409
        assert "has been changed since" in refused.text
        assert there.read_bytes() == kept

    def test_a_file_that_was_changed_since_is_left_alone(self, desk: Desk, project: Path) -> None:
        post = project / "posts" / "part-1.md"
        answer = desk.post("/fix", form(desk.get(quotation(desk, 5, do="fix")).text, "fix"))
        page = desk.get(answer.headers["location"]).text
        changed = post.read_bytes() + b"\nOne more line.\n"
        post.write_bytes(changed)
        refused = desk.post("/undo", form(page, "undo"))
        assert refused.status == 409
        assert "has been changed since" in refused.text
        assert post.read_bytes() == changed


class TestTwoAtOnce:
    def test_a_second_tab_sees_the_first_one_s_decision_and_is_asked(
        self, desk: Desk, project: Path
    ) -> None:
        page = desk.get(quotation(desk, 5, do="waive")).text
        assert desk.post("/accept", form(page, "accept")).status == 303
        late = desk.post("/waive", form(page, "waive") | {"code": "Q101", "reason": "so spoken"})
        assert late.status == 409
        assert "It stands as: <b>Accepted" in late.text
        assert "waive Q101" in late.text
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert standing.last.choice is Choice.ACCEPT
        assert desk.post("/waive", form(late.text, "waive")).status == 303
        [standing] = all_decisions(project)
        assert standing.last is not None
        assert [d.choice for d in standing.decisions] == [Choice.ACCEPT, Choice.WAIVE]
        assert standing.last.reason == "so spoken"

    def test_two_processes_see_each_other(self, desk: Desk, project: Path) -> None:
        with reviewing(project) as other:
            path = quotation(other, 5)
            mine, theirs = desk.get(quotation(desk, 5)).text, other.get(path).text
            assert desk.post("/accept", form(mine, "accept")).status == 303
            late = other.post("/accept", form(theirs, "accept"))
            assert late.status == 409
            assert "Two decisions" in late.text
            assert "Accepted" in wait_for(other, path, "Accepted on")

    def test_a_post_that_was_edited_meanwhile_is_not_written(
        self, desk: Desk, project: Path
    ) -> None:
        post = project / "posts" / "part-1.md"
        page = desk.get(quotation(desk, 5, do="fix")).text
        edited = post.read_bytes().replace(b"In the 9th", b"In the ninth")
        post.write_bytes(edited)
        answer = desk.post("/fix", form(page, "fix"))
        assert answer.status == 409
        assert "has changed since you looked" in answer.text
        assert post.read_bytes() == edited
        assert desk.post("/fix", form(answer.text, "fix")).status == 303

    def test_a_decision_about_words_that_are_others_now_is_not_saved(
        self, desk: Desk, project: Path
    ) -> None:
        post = project / "posts" / "part-1.md"
        path = quotation(desk, 5)
        page = desk.get(path).text
        post.write_bytes(post.read_bytes().replace(b"peculiar captain", b"singular captain"))
        answer = desk.post("/accept", form(page, "accept"))
        assert answer.status in (404, 409)
        assert "has changed since you looked" in answer.text
        assert not all_decisions(project)
        moved = desk.get(path)
        assert moved.status == 303
        page = desk.get(moved.headers["location"]).text
        assert "have been changed in the post" in page
        assert "singular" in page

    def test_an_edit_elsewhere_in_the_post_is_no_hindrance(self, desk: Desk, project: Path) -> None:
        post = project / "posts" / "part-1.md"
        page = desk.get(quotation(desk, 5)).text
        post.write_bytes(post.read_bytes().replace(b"In the 1th place", b"First and above all"))
        assert desk.post("/accept", form(page, "accept")).status == 303


def test_a_broken_decision_is_told_and_left(desk: Desk, project: Path) -> None:
    path = quotation(desk, 5)
    desk.post("/accept", form(desk.get(path).text, "accept"))
    [there] = (project / "decisions").rglob("*.toml")
    there.write_bytes(b"<<<<<<< mine\n")
    page = wait_for(desk, path, "two branches decided differently")
    assert desk.post("/accept", form(page, "accept")).status == 409
    assert there.read_bytes() == b"<<<<<<< mine\n"


def test_settings_that_are_broken_are_told_and_recover(desk: Desk, project: Path) -> None:
    path = quotation(desk, 5)
    kept = (project / "pubtool.toml").read_bytes()
    (project / "pubtool.toml").write_bytes(b"[site\n")
    wait_for(desk, path, "pubtool.toml")
    for other in ("/", "/post/posts/part-1.md", "/rule/Q101"):
        assert "pubtool.toml" in desk.get(other).text
    (project / "pubtool.toml").write_bytes(kept)
    wait_for(desk, path, "peculiar")


def test_a_project_that_has_nothing_yet_says_so(tmp_path: Path) -> None:
    (tmp_path / "pubtool.toml").write_text("")
    with reviewing(tmp_path) as desk:
        assert "There are no posts yet" in desk.get("/").text
        (tmp_path / "posts").mkdir()
        (tmp_path / "posts" / "a.md").write_text("“Words that nobody has ever written down.”\n")
        wait_for(desk, "/", "1 waiting")
        page = desk.get(f"{desk.items('all')[0]}&do=cite").text
        assert "The bibliography has no source yet" in page


def wait_for(desk: Desk, path: str, words: str) -> str:
    """Return the page once it has some words."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        text = desk.get(path).text
        if words in text:
            return text
        time.sleep(0.05)
    pytest.fail(f"never shown: {words}")


class TestBaseline:
    @pytest.fixture
    def begun(self, project: Path) -> Path:
        """A project whose check began with what was there, but for the last quotation."""
        post = project / "posts" / "part-1.md"
        whole = post.read_text(encoding="utf-8")
        post.write_text(whole[: whole.index("In the 10th place")], encoding="utf-8")
        command = (sys.executable, "-m", "pubtool", "--project", str(project), "check")
        subprocess.run([*command, "--write-baseline"], capture_output=True, check=True)
        post.write_text(whole, encoding="utf-8")
        return project

    def test_what_it_has_is_shown_as_such_and_does_not_wait(self, begun: Path) -> None:
        with reviewing(begun) as desk:
            desk.settle()
            assert len(desk.items("waiting")) == 1
            known = desk.items("baseline")
            assert len(known) == 5
            assert "In the baseline <b>5</b>" in desk.get("/").text
            page = desk.get(known[0]).text
            assert "In the baseline: it stood so when checking began" in page
            assert ", in the baseline</span>" in page
            assert "Waits for a decision" not in page
            assert "waits" in desk.get(desk.items("waiting")[0]).text.lower()
            assert desk.get("/post/posts/part-1.md").text.count(">in the baseline<") == 5

    def test_what_it_has_can_be_decided_about(self, begun: Path) -> None:
        with reviewing(begun) as desk:
            path = desk.items("baseline")[0]
            page = desk.get(f"{path}&do=waive").text
            fields = form(page, "waive") | {"reason": "it was so in the first edition"}
            assert desk.post("/waive", fields).status == 303
            assert "it was so in the first edition" in desk.get(path).text

    def test_a_change_of_it_is_seen(self, begun: Path) -> None:
        with reviewing(begun) as desk:
            desk.settle()
            file = begun / "baseline.toml"
            kept = file.read_bytes()
            file.write_bytes(b"[a\n")
            wait_for(desk, "/", "baseline.toml:1")
            time.sleep(1)  # so that it is tried with the broken file
            file.unlink()
            wait_for(desk, "/", "Waiting <b>6</b>")
            file.write_bytes(kept)
            wait_for(desk, "/", "Waiting <b>1</b>")
