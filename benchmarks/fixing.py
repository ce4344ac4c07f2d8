"""What `pubtool check --fix` makes of misquotations, and what else it touches.

    python benchmarks/fixing.py [N] [--seed S]

makes N misquotations (1,000) of real texts as `benchmarks/accuracy` does, writes them into posts of
varied markup in a git repository, and runs `check --fix` twice. Counted, by kind: how many are
fixed and pass afterwards, how many are left and why. Whatever stands outside the quotations must be
byte for byte as it was (git's diff, and each paragraph's own frame), what was fixed must check
clean, and the second run must change nothing. The status is 1 where one of these fails.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).with_name("accuracy")))

from kinds import KINDS, Kind
from run import project
from texts import ORIGINS, read_texts

from cases import Case, Maker, make_world

SAFE = (
    "changed word", "changed function word", "inflection", "word added", "word left out",
    "phrase left out", "spelling variant",
)  # fmt: skip
ASKED = (
    "negation dropped", "negation added", "modal changed", "number changed", "date changed",
    "name changed", "two words swapped", "[sic] on the post's own slip", "bracketed negation",
)  # fmt: skip
"""Kinds that must be left for a person: the sense, the order, or an author's mark."""

PER_POST = 25


@dataclass(frozen=True)
class Frame:
    """How a quotation is set in a post."""

    name: str
    before: str
    after: str
    line: str = ""
    """What a line begins with, where the quotation is wrapped."""
    straight: bool = False


FRAMES = (
    Frame("curly", "There it says: “", "” [@{key}].", ""),
    Frame("straight", 'There it says: "', '" [@{key}].', "", straight=True),
    Frame("block quote", "The text has this:\n\n> ", " [@{key}]", "> "),
    Frame("list", "- First.\n- It says “", "” [@{key}], which see.\n- Last.", "  "),
    Frame("emphasis", "As *always*, “", "” [@{key}] --- and **more**.", ""),
    Frame("note", "Here is a note.^[It says “", "” [@{key}].]", "  "),
    Frame("link", "See [the page](https://example.org/) with “", "” [@{key}] & so on.", ""),
    Frame("in the sentence", "When it says “", "” [@{key}], it is right; `x_1` is not.", ""),
)


@dataclass(frozen=True)
class Planted:
    """A case in a post."""

    case: Case
    frame: Frame
    head: str
    tail: str


def main() -> int:
    """Run it and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("number", nargs="?", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return run(Path(name) / "p", given.number, given.seed)


def run(folder: Path, number: int, seed: int) -> int:
    """Make the project, fix it twice, and print what became of it; return the status."""
    random = Random(seed)
    texts = read_texts(ORIGINS, print)
    world = make_world("plain", texts, random)
    project(folder, world)
    (folder / ".gitignore").write_text(".pubtool/\n")
    maker = Maker(world, [], random)
    cases = list(draw(maker, number))
    random.shuffle(cases)
    posts = [
        [plant(case, n, random) for n, case in enumerate(cases[at : at + PER_POST], at)]
        for at in range(0, len(cases), PER_POST)
    ]
    for n, planted in enumerate(posts):
        write_post(folder / "posts" / f"{n:03}.md", planted, crlf=n % 3 == 2, mark=n % 4 == 3)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "-qm", "planted")
    before = verdicts(folder)
    first = fix(folder)
    diff = git(folder, "diff")
    after = verdicts(folder)
    fix(folder)
    again = git(folder, "diff") != diff
    strange = [f for f in git(folder, "status", "--short").splitlines() if " posts/" not in f]
    return report(folder, posts, before, after, first, again=again, strange=strange)


def draw(maker: Maker, number: int) -> Iterator[Case]:
    """Yield the cases, as many of each kind as can be had."""
    named = {**KINDS}
    kinds: list[Kind] = [named[name] for name in (*SAFE, *ASKED) if name in named]
    each, over = divmod(number, len(kinds))
    for n, kind in enumerate(kinds):
        yield from maker.make(kind, each + (n < over))


def plant(case: Case, number: int, random: Random) -> Planted:
    """Choose how a case is set in a post."""
    frame = random.choice(FRAMES)
    return Planted(case, frame, f"Case {number}.\n\n{frame.before}", frame.after)


def write_post(path: Path, planted: Sequence[Planted], *, crlf: bool, mark: bool) -> None:
    """Write a post: its front matter, and a few paragraphs a case."""
    text = f"---\ntitle: Post {path.stem}\ndate: 2026-01-01\n---\n\n"
    for each in planted:
        tail = each.tail.format(key=each.case.cited)
        text += f"{each.head}{wrapped(quoted(each), each.frame.line)}{tail}\n\n"
    text += "The *end*, with a [link](https://example.org/) and 'single' marks.\n"
    if crlf:
        text = text.replace("\n", "\r\n")
    path.write_bytes((("\ufeff" if mark else "") + text).encode())


def quoted(each: Planted) -> str:
    """Return a case's words in the marks' own typography, Markdown's marks escaped."""
    text = re.sub(r"([*_`#<>~^$|\\])", r"\\\1", each.case.made.text)
    return text.replace("’", "'") if each.frame.straight else text.replace("'", "’")


def wrapped(text: str, line: str) -> str:
    """Return words wrapped at 70 columns, the lines begun as the frame wants."""
    lines, now = [], ""
    for word in text.split(" "):
        if now and len(now) + len(word) > 68 and not re.match(r"[-+>#\d=:]", word):
            lines.append(now)
            now = word
        else:
            now = f"{now} {word}" if now else word
    return f"\n{line}".join([*lines, now])


def git(folder: Path, *words: str) -> str:
    """Return what git prints."""
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True)
    return done.stdout.decode()


def pubtool(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in the project."""
    command = [sys.executable, "-m", "pubtool", "--project", str(folder), *words]
    return subprocess.run(command, capture_output=True, check=False)


def fix(folder: Path) -> str:
    """Run `check --fix`; return what it says."""
    done = pubtool(folder, "check", "--fix", "--format", "json")
    if done.returncode == 2:
        raise SystemExit(done.stderr.decode())
    return done.stderr.decode()


def verdicts(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return the quotations of each post, as JSON has them, with their findings."""
    found = json.loads(pubtool(folder, "check", "--format", "json").stdout)
    return {post["path"]: post["quotations"] for post in found["posts"]}


def report(  # noqa: PLR0913 - what was seen
    folder: Path,
    posts: Sequence[Sequence[Planted]],
    before: dict[str, list[dict[str, object]]],
    after: dict[str, list[dict[str, object]]],
    said: str,
    *,
    again: bool,
    strange: Sequence[str],
) -> int:
    """Print the counts; return 1 where a promise is broken."""
    became: Counter[tuple[str, str]] = Counter()
    outside = unclean = 0
    for n, planted in enumerate(posts):
        name = f"posts/{n:03}.md"
        text = (folder / name).read_bytes().decode().replace("\r\n", "\n")
        outside += not frames_stand(text, planted)
        if len(before[name]) != len(after[name]):
            outside += 1
            continue
        for each, old, new in zip(planted, before[name], after[name], strict=False):
            what = outcome(old, new)
            became[each.case.kind.name, what] += 1
            unclean += what == "fixed, not clean"
    kinds = [name for name in (*SAFE, *ASKED) if any(kind == name for kind, _ in became)]
    columns = sorted({what for _, what in became})
    print("| kind | n | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 2) + "|")
    for kind in kinds:
        row = [became[kind, what] for what in columns]
        print(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    whys = Counter(
        re.sub(r"“.*", "…", line.split("if you agree: ")[1]).strip()
        for line in said.splitlines()
        if "if you agree: " in line
    )
    refused = Counter(
        line.rpartition(": ")[2] for line in said.splitlines() if " not-fixed[" in line
    )
    print(f"\n{said.strip().splitlines()[-1]}")
    for title, counts in (("offered", whys), ("refused by the proof", refused)):
        for why, count in counts.most_common():
            print(f"  {title}: {count} × {why}")
    done = sum(c for (_, what), c in became.items() if what.startswith("fixed"))
    wrong = sum(became[kind, "fixed"] for kind in ASKED)
    print(f"fixed {done} of {sum(became.values())}; posts touched outside the quotations {outside}")
    print(
        f"fixed but not clean {unclean}; changed by a second run {'some' if again else 'nothing'}"
    )
    print(f"other files touched {len(strange)}; of the kinds left to a person {wrong} fixed")
    return 1 if outside or unclean or again or strange else 0


def frames_stand(text: str, planted: Sequence[Planted]) -> bool:
    """Whether all that stands round the quotations is as it was written."""
    at = 0
    for each in planted:
        start = text.find(each.head, at)
        tail = each.tail.format(key=each.case.cited) + "\n\n"
        end = text.find(tail, start + len(each.head))
        between = text[at:start]
        if start < 0 or end < 0 or (at and between):
            return False
        at = end + len(tail)
    return text[at:] == "The *end*, with a [link](https://example.org/) and 'single' marks.\n"


def outcome(old: dict[str, object], new: dict[str, object]) -> str:
    """Return what became of one quotation."""
    if old["text"] != new["text"]:
        return "fixed" if new["verdict"] in ("verbatim", "adapted") else "fixed, not clean"
    passes = new["verdict"] in ("verbatim", "adapted", "exempt")
    return "passes as it is" if passes else f"left {new['verdict']}"


if __name__ == "__main__":
    sys.exit(main())
