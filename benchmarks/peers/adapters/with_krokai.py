"""krokai: a matter whose only source is the cited one, and what `krokai quote` asks of it.

Its own classes decide: CLEAN is accepted, UNCHECKABLE unsupported, the rest refused. Only the two
that warn of exact words (a limiting clause goes before or comes after) are accepted as well, since
a warning is no refusal. It names the file, no place in it. Its least length of 45 characters holds
for its search of drafts, not here.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from krokai.config import Config
from krokai.run import corpus_for
from krokai.verdicts import CLEAN, UNCHECKABLE
from krokai.verify import check
from protocol import ACCEPTED, REFUSED, UNSUPPORTED, Answer, Case, by_source, run

WARNED = ("TRUNCATED_CONDITION", "TRUNCATED_OPENING")


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for group in by_source(cases):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "law").mkdir()
            shutil.copy(group[0].source, Path(folder, "law", "source.txt"))
            settings = {"sources": ["law"], "cache_dir": "cache"}
            config = Config(settings, str(Path(folder, "casefile.json")))
            corpus = corpus_for(config)
            for case in group:
                yield Answer(case.number, _said(check(case.text, corpus)[0]))


def _said(verdict: str) -> str:
    if verdict in UNCHECKABLE:
        return UNSUPPORTED
    return ACCEPTED if verdict in (*CLEAN, *WARNED) else REFUSED


if __name__ == "__main__":
    run(judge)
