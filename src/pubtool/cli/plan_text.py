"""The plan of `publish` and what became of it, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pubtool.pipeline import (
    Action,
    Done,
    Kind,
    Loss,
    Plan,
    changes,
    in_words,
    number,
    printable,
    wrap,
)

_WIDE = 9
"""Columns of the first column: ``unchanged``."""
_MOST_LINES = 24
"""Lines of a difference that are shown of one post."""
_MOST_NAMED = 8


def render_plan(plan: Plan, site: str, width: int) -> str:
    """Return the plan: the site, a line or more for each post that is not as it was, the count."""
    account = plan.account
    version = f"WordPress {account.version}" if account.version else "WordPress"
    lines = [printable(f"{site}: {account.url} ({version}), as {account.user}"), ""]
    for action in plan.actions:
        lines += _action(action, plan, site, width)
    for path in plan.gone:
        why = "its file is gone; its post stays on the site, and is yours to delete there"
        lines += _row("gone", path, why, width)
    lines += _wrapped(list(_extras(plan)), width)
    if lines[-1]:
        lines.append("")
    return "\n".join([*lines, _planned(plan)]) + "\n"


def render_done(done: Done, width: int) -> str:
    """Return what became of one post; empty where nothing had to be done."""
    action = done.action
    if done.failure:
        return _text([*_row("FAILED", action.path, done.failure, width)])
    if action.kind is Kind.CONFLICT and done.post is None:
        return (
            ""
            if action.seen is None or action.clashes
            else _text(_row("CONFLICT", action.path, action.why, width))
        )
    if done.post is None:
        return ""
    verb = "linked" if done.linked else "created" if action.kind is Kind.CREATE else "updated"
    lines = _row(verb, action.path, done.post.link, width)
    return _text([*lines, *_losses(action.path, done.losses, width)])


def render_count(every: Sequence[Done], plan: Plan, site: str) -> str:
    """Return the last line: what was done, and what is left."""
    last = {done.action.path: done for done in every}
    made = sum(d.action.kind is Kind.CREATE and not d.failure for d in every if not d.linked)
    changed = {d.action.path for d in every if d.post and d.action.kind is Kind.UPDATE}
    created = {d.action.path for d in every if d.post and d.action.kind is Kind.CREATE}
    failed = sum(bool(done.failure) for done in last.values())
    conflicts = sum(d.action.kind is Kind.CONFLICT for d in last.values())
    refused = sum(d.action.kind is Kind.REFUSED for d in last.values())
    parts = [f"{made} created", f"{len(changed - created)} updated"]
    edited = sum(_is_edited(done.action) for done in last.values())
    same = len(last) - made - len(changed - created) - failed - conflicts - refused - edited
    parts += [f"{same} unchanged"] if same > 0 else []
    parts += [f"{edited} edited on the site"] if edited else []
    parts += [f"{failed} failed"] if failed else []
    parts += [number(conflicts, "conflict")] if conflicts else []
    parts += [f"{refused} refused"] if refused else []
    undone = len(plan.actions) - len(last)
    parts += [f"{undone} not yet done: run it again"] if undone else []
    return f"{site}: {', '.join(parts)}\n"


def needs_attention(done: Done) -> bool:
    """Whether the user has still to look at a post."""
    return bool(done.failure or done.losses) or done.action.leaves_something


# --- Parts ----------------------------------------------------------------------------------------


def _action(action: Action, plan: Plan, site: str, width: int) -> Iterator[str]:
    moved = f"was {action.moved_from}" if action.moved_from else ""
    said = {
        Kind.CREATE: f"as {action.wanted.status}",
        Kind.UPDATE: ", ".join(_field(name, action) for name in action.fields),
        Kind.RECORD: moved or "nothing to send",
        Kind.CONFLICT: action.why,
        Kind.REFUSED: action.why,
    }
    if action.kind is Kind.UNCHANGED:
        if not (action.edited or action.notes or moved):
            return
        yield from _row("edited" if action.edited else "unchanged", action.path, moved, width)
    else:
        renamed = "slug" in action.fields and action.kind is Kind.UPDATE
        verb = "rename" if renamed else action.kind.value
        verb = verb.upper() if action.kind in (Kind.CONFLICT, Kind.REFUSED) else verb
        text = said[action.kind]
        text += f" ({moved})" if moved and moved != text else ""
        yield from _row(verb, action.path, text, width)
    for note in action.notes:
        yield from _indented(note, width)
    if action.edited:
        names = in_words(action.edited)
        verb = "was" if len(action.edited) == 1 else "were"
        why = f"its {names} {verb} edited on the site since; `pubtool pull {site}` brings that home"
        yield from _indented(f"{why}, --theirs accepts it, --ours overwrites it", width)
    yield from _candidates(action, width)
    yield from _differences(action, plan, width)
    yield from _losses(action.path, plan.foreseen.get(action.path, ()), width)


def _field(name: str, action: Action) -> str:
    """Return a field that is sent; a status with its value, which may take a post offline."""
    return f"status ({action.wanted.status})" if name == "status" else name


def _candidates(action: Action, width: int) -> Iterator[str]:
    for post in action.candidates:
        yield from _indented(f"id {post.id}: “{post.title}”, {post.status}, {post.link}", width)


def _differences(action: Action, plan: Plan, width: int) -> Iterator[str]:
    seen = action.seen
    if seen is None or not (action.clashes or action.edited):
        return
    for name in ("title", "excerpt"):
        if name in (*action.clashes, *action.edited):
            yield from _indented(f"{name} on the site: “{getattr(seen, name)}”", width)
            yield from _indented(f"{name} here: “{getattr(action.wanted, name)}”", width)
    if "content" not in (*action.clashes, *action.edited):
        return
    base = plan.remembered.get(action.path)
    if base is None or "content" in action.edited:
        yield from _difference("here -, on the site +", action.wanted.content, seen.content, width)
    else:
        yield from _difference("changed on the site", base, seen.content, width)
        yield from _difference("changed here", base, action.wanted.content, width)


def _difference(title: str, before: str, after: str, width: int) -> Iterator[str]:
    lines = [
        line
        for sign, text in changes(before, after)
        for line in wrap(f"{sign} {printable(text)}", width, indent=_WIDE + 6, used=_WIDE + 4)
    ]
    if lines:
        yield " " * (_WIDE + 4) + f"{title}:"
    for line in lines[:_MOST_LINES]:
        yield line if line.startswith(" ") else " " * (_WIDE + 4) + line
    if len(lines) > _MOST_LINES:
        yield " " * (_WIDE + 4) + f"and {number(len(lines) - _MOST_LINES, 'more line')}"


def _losses(path: str, losses: Sequence[Loss], width: int) -> Iterator[str]:
    for loss in losses:
        place = f"{path}:{loss.line}" if loss.line else path
        yield from _indented(f"{place}: {loss.what}", width)


def _extras(plan: Plan) -> Iterator[str]:
    if plan.uploads:
        named = ", ".join(name for _, name in plan.uploads[:_MOST_NAMED])
        more = f" and {len(plan.uploads) - _MOST_NAMED} more" * (len(plan.uploads) > _MOST_NAMED)
        yield f"{number(len(plan.uploads), 'image')} to upload: {named}{more}"
    for kind, many in (("category", "categories"), ("tag", "tags")):
        names = [name for what, name in plan.new_terms if what == kind]
        if names:
            yield f"new {many if len(names) > 1 else kind}: {', '.join(names)}"


def _planned(plan: Plan) -> str:
    counts = {kind: sum(action.kind is kind for action in plan.actions) for kind in Kind}
    edited = sum(map(_is_edited, plan.actions))
    same = counts[Kind.UNCHANGED] + counts[Kind.RECORD] - edited
    parts = [
        f"{counts[Kind.CREATE]} to create",
        f"{counts[Kind.UPDATE]} to update",
        f"{same} unchanged",
    ]
    parts += [f"{edited} edited on the site"] if edited else []
    parts += [number(counts[Kind.CONFLICT], "conflict")] if counts[Kind.CONFLICT] else []
    parts += [f"{counts[Kind.REFUSED]} refused"] if counts[Kind.REFUSED] else []
    return ", ".join(parts)


def _is_edited(action: Action) -> bool:
    """Whether nothing is sent of a post, since the site alone has changed it."""
    return bool(action.edited) and action.kind in (Kind.UNCHANGED, Kind.RECORD)


def _row(verb: str, path: str, text: str, width: int) -> list[str]:
    head = f"  {verb:{_WIDE}}  {printable(path)}"
    if not text:
        return [head]
    if len(head) + 2 + len(text) <= width:
        return [f"{head}  {printable(text)}"]
    return [head, *_indented(text, width)]


def _indented(text: str, width: int) -> list[str]:
    start = _WIDE + 4
    first, *rest = wrap(printable(text), width, used=start, indent=start + 2)
    return [" " * start + first, *rest]


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    return [part for line in lines for part in wrap(f"{printable(line)}", width, indent=2)]


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
