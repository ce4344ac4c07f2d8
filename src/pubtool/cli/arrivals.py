"""What is said of posts that came from a blog: by `import` and by `pull`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtool.cli.terminal import width
from pubtool.pipeline import Arrived, State, number, printable, wrap


def listing(posts: Sequence[Arrived]) -> str:
    """Return a line for each post: its file, and what becomes of it."""
    return "".join(f"{printable(post.path)}  {post.state.value}\n" for post in posts)


def ledger(posts: Sequence[Arrived], *, whole: bool) -> Iterator[str]:
    """Give what Markdown has no words for: every place, or each kind once with its count."""
    if whole:
        for post in posts:
            for one in post.losses:
                place = f"{post.path}:{one.line}" if one.line else post.path
                said = f"{one.construct} became {one.became}: {one.reason}"
                yield f"{printable(place)}: {printable(said)}\n"
        return
    kinds: dict[tuple[str, str], tuple[str, int]] = {}
    for post in posts:
        for one in post.losses:
            place = f"{post.path}:{one.line}" if one.line else post.path
            first, count = kinds.get((one.construct, one.became), (place, 0))
            kinds[one.construct, one.became] = first, count + one.times
    for (construct, became), (first, count) in sorted(kinds.items()):
        more = f" and {number(count - 1, 'other place')}" if count > 1 else ""
        yield f"{printable(construct)} became {became}: {printable(first)}{more}\n"


def mishaps(posts: Sequence[Arrived]) -> Iterator[str]:
    """Give a line for each post that does not say what the blog showed, or that was not written."""
    for post in posts:
        if post.difference:
            said = f"{post.path}: differs from what WordPress shows: {post.difference}"
            yield f"{printable(said)}\n"
        if post.state is State.THERE:
            why = "changed since it was imported" if post.again else "another file has this name"
            yield f"{printable(post.path)}: {why}; it was left alone\n"


def next_steps(posts: Sequence[Arrived], *, images: int, dry: bool) -> str:
    """Return what a blogger can do next."""
    quotations = sum(post.quotations for post in posts)
    uncited = sum(post.uncited for post in posts)
    said = []
    if images and not dry:
        said.append(
            f"{number(images, 'image')} {'is' if images == 1 else 'are'} still on the web, "
            "listed in images.txt: `pubtool pull --images`"
        )
    if quotations:
        said.append(
            f"{number(quotations, 'quotation')} found, {uncited} without a citation: unchecked, "
            "but for those that are mere terms, until each cites its source ([@key, p. 1]) and "
            "the source's text is added (`pubtool sources add`)"
        )
    if posts and not dry:
        said.append("next: `pubtool check`")
    lines = [line for one in said for line in wrap(one, width())]
    return "".join(f"{line}\n" for line in lines)
