"""Acting: what an editor decides is written, if it is still about what the editor was shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pubtool.errors import DecidedMeanwhile, PubtoolError
from pubtool.model import Choice, Code, Decision, Edit, Key, Verdict
from pubtool.pipeline.deciding import Standing, decide, standing, withdraw
from pubtool.pipeline.fixing import examine_text, with_fixes
from pubtool.pipeline.proving import apply_edits
from pubtool.pipeline.reviewing.citing import CannotCite, citation_edit
from pubtool.pipeline.reviewing.review import Review
from pubtool.pipeline.reviewing.reviewed import Item, Reviewed, reviewed_post, shortened
from pubtool.pipeline.store import digest_of

_CHANGED = "The post or its source has changed since you looked, so nothing was saved"

_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor was shown when deciding, by its digests."""

    post: str
    quotation: str
    verdict: str
    """Of what was found out about the quotation."""
    decision: str
    """Of what was decided before; empty for nothing."""
    text: str
    """Of the post's file."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done."""

    number: int
    """Of the step, by which it is told of."""
    post: str
    quotation: str
    """The id of the quotation that it was about, as it is now."""


class NotDone(Exception):
    """Nothing was written; ``str()`` is the sentence that says why, without a full stop."""

    def __init__(
        self, why: str, *, theirs: Decision | None = None, overtaken: bool = False
    ) -> None:
        super().__init__(why)
        self.theirs = theirs
        """What somebody else has decided meanwhile; None if they took a decision back."""
        self.overtaken = overtaken
        """Whether somebody else has decided meanwhile."""


def seen_now(review: Review, item: Item) -> Seen:
    """Return what is shown of a quotation as it stands now."""
    reviewed = review.reviewed(item.post)
    assert reviewed is not None
    verdict = reviewed.verdicts[item.number - 1]
    decided = reviewed.standings.get(item.id)
    return Seen(
        item.post,
        item.id,
        _digest_verdict(verdict),
        decided.digest if decided else "",
        digest_of(reviewed.report.text)[:32],
    )


class Acting:
    """An editor at a desk."""

    def __init__(self, review: Review) -> None:
        self._review = review

    def decide(
        self,
        seen: Seen,
        choice: Choice,
        codes: Sequence[str] = (),
        reason: str = "",
        *,
        on: str,
    ) -> Acted:
        """Write a decision on a quotation; raises NotDone, and what writing raises.

        It replaces the one that was shown, and no other.
        """
        item, verdict, _ = self._still(seen)
        reason = " ".join(reason.split())
        if choice is Choice.WAIVE:
            _refuse_unfit(verdict, codes, reason)
        decision = Decision(
            item.post,
            item.id,
            verdict.quotation.text,
            choice,
            verdict.kind.value,
            tuple(Code(code) for code in sorted(set(codes))),
            reason,
            self._review.who,
            on,
        )
        done = "Accepted" if choice is Choice.ACCEPT else f"Waived {', '.join(decision.codes)} for"
        return self._write(seen, decision, f"{done} “{shortened(verdict.quotation.text, 60)}”")

    def withdraw(self, seen: Seen) -> Acted:
        """Take the decision back that was shown; raises NotDone, and what writing raises."""
        _, verdict, _ = self._still(seen)
        said = f"Took back the decision on “{shortened(verdict.quotation.text, 60)}”"
        return self._write(seen, None, said)

    def fix(self, seen: Seen, number: int) -> Acted:
        """Apply the fix of a finding; raises NotDone, and what writing raises."""
        _, verdict, reviewed = self._still(seen)
        findings = [f for f in reviewed.report.suppressed if f.quotation == seen.quotation]
        every = [*verdict.findings, *findings]
        finding = every[number] if 0 <= number < len(every) else None
        if finding is None or finding.fix is None:
            raise NotDone(_CHANGED)
        workspace, text = self._review.workspace, reviewed.report.text

        def harm(_: str) -> str:
            return with_fixes(workspace, examine_text(workspace, seen.post, text), [finding])[1]

        said = f"Applied: {finding.fix.description}, in “{shortened(verdict.quotation.text, 60)}”"
        return self._edit(seen, reviewed, finding.fix.edits, said, harm)

    def cite(self, seen: Seen, key: str, place: str) -> Acted:
        """Make the quotation cite a source; raises NotDone, and what writing raises."""
        item, verdict, reviewed = self._still(seen)
        if Key(key) not in self._review.workspace.bibliography.sources:
            raise NotDone(f"The bibliography has no source {key}" if key else "Choose a source")
        try:
            post = self._review.read(seen.post, reviewed)
            edit = citation_edit(post, verdict, Key(key), place)
        except CannotCite as error:
            raise NotDone(f"Nothing was changed: {error}") from None

        def harm(new: str) -> str:
            after = reviewed_post(self._review.workspace, seen.post, new)
            return _harm_of_citing(reviewed, after, item.number, Key(key))

        said = f"Cited {key} for “{shortened(verdict.quotation.text, 60)}”"
        return self._edit(seen, reviewed, (edit,), said, harm)

    def undo(self, number: int) -> Acted:
        """Take a step back; raises NotDone, and what writing raises."""
        step = self._review.steps.find(number)
        if step is None:
            raise NotDone("There is nothing to undo")
        back = self._review.steps.take_back(step)
        if back is None:
            raise NotDone(f"{step.name} has been changed since, so nothing was undone")
        self._renew(step.post)
        return Acted(back, step.post, step.quotation)

    def sign(self, seen: Seen, name: str) -> Acted:
        """Note who decides from now on."""
        self._review.who = " ".join(name.split())[:_LONGEST_NAME]
        return Acted(0, seen.post, seen.quotation)

    # --- What is still as it was shown ---

    def _still(self, seen: Seen) -> tuple[Item, Verdict, Reviewed]:
        """Return a quotation that is as it was shown; raises NotDone where it is not."""
        self._review.look()
        item = self._review.find(seen.post, seen.quotation)
        if item is None:
            raise NotDone(_CHANGED)
        there = standing(self._review.root, seen.post, seen.quotation)
        if there.digest != seen.decision:
            raise self._overtaken(there)
        reviewed = self._review.reviewed(seen.post)
        if reviewed is None or seen_now(self._review, item).verdict != seen.verdict:
            raise NotDone(_CHANGED)
        return item, reviewed.verdicts[item.number - 1], reviewed

    def _overtaken(self, there: Standing) -> NotDone:
        self._renew(there.post)
        return NotDone(
            "Somebody else has decided about this meanwhile", theirs=there.last, overtaken=True
        )

    # --- What is written ---

    def _write(self, seen: Seen, decision: Decision | None, said: str) -> Acted:
        root = self._review.root
        before = standing(root, seen.post, seen.quotation)
        try:
            if decision is not None:
                after = decide(root, decision, expected=seen.decision)
            else:
                after = withdraw(root, seen.post, seen.quotation, expected=seen.decision)
        except DecidedMeanwhile:
            raise self._overtaken(standing(root, seen.post, seen.quotation)) from None
        number = self._review.steps.note(
            after.path,
            before.text.encode() if before.text else None,
            after.text.encode() if after.text else None,
            said=said,
            post=seen.post,
            quotation=seen.quotation,
        )
        self._renew(seen.post)
        return Acted(number, seen.post, seen.quotation)

    def _edit(
        self,
        seen: Seen,
        reviewed: Reviewed,
        edits: Sequence[Edit],
        said: str,
        harm: Callable[[str], str],
    ) -> Acted:
        """Change the post's file, if it is as it was shown and the new text does no harm."""
        text = reviewed.report.text
        if digest_of(text)[:32] != seen.text:
            raise NotDone(_CHANGED)
        new = apply_edits(text, edits)
        item = self._review.find(seen.post, seen.quotation)
        assert item is not None
        try:
            why = harm(new)
        except PubtoolError as error:
            why = str(error)
        if why:
            raise NotDone(f"Nothing was changed: {why}")
        if not self._review.steps.swap(seen.post, text.encode(), new.encode()):
            raise NotDone(_CHANGED)
        self._renew(seen.post)
        became = self._review.item(seen.post, item.number).id
        number = self._review.steps.note(
            seen.post,
            text.encode(),
            new.encode(),
            said=said,
            post=seen.post,
            quotation=seen.quotation,
            became=became,
        )
        return Acted(number, seen.post, became)

    def _renew(self, post: str) -> None:
        """See how a post stands now."""
        self._review.look()
        if post in self._review.following.posts:
            self._review.check(post)


def _refuse_unfit(verdict: Verdict, codes: Sequence[str], reason: str) -> None:
    """Raise NotDone for a waiver without a reason, or of what was not found."""
    found = {finding.code for finding in verdict.findings}
    if not codes:
        raise NotDone("Choose at least one finding to waive")
    if not reason:
        raise NotDone("A waiver needs a reason, so that others can follow it")
    if not {Code(code) for code in codes} <= found:
        raise NotDone(_CHANGED)


def _harm_of_citing(before: Reviewed, after: Reviewed, number: int, key: Key) -> str:
    """Return what a citation would do besides what it should; nothing where it does no harm."""
    if len(before.verdicts) != len(after.verdicts):
        return "other quotations of the post would be read otherwise; change it in the post's file"
    for at, (old, new) in enumerate(zip(before.verdicts, after.verdicts, strict=True), 1):
        if at == number and [cited.key for cited in new.quotation.cited][:1] != [key]:
            return "the citation would not be read as this quotation's"
        if at != number and (old.kind, old.quotation.text) != (new.kind, new.quotation.text):
            return f"another quotation would change, “{shortened(old.quotation.text, 60)}”"
    return ""


def _digest_verdict(verdict: Verdict) -> str:
    """Return a digest of what an editor is shown of a verdict, wherever the quotation stands."""
    told = [(finding.code, finding.message) for finding in verdict.findings]
    quotation = verdict.quotation
    parts = (quotation.text, quotation.cited, verdict.reason, verdict.match, verdict.differences)
    return digest_of(verdict.kind.value, repr(parts), repr(told))[:32]
