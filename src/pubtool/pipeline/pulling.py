"""`pull`: what a site has and the project has not, brought home as Markdown.

A post that we published and that somebody edited there since is merged into the file it came from.
Where both have changed, what only the site changed is merged, and of a paragraph that both changed
the file keeps its own and the difference is shown. A post that the project does not know becomes a
new file. The site is only read, and nothing that an author wrote goes without a copy.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pubtool.errors import NotThere
from pubtool.model import IMPORTED, Entry
from pubtool.pipeline.arriving import Choice, make, name_posts
from pubtool.pipeline.arriving import State as FileState
from pubtool.pipeline.building import check_for_build, material_of
from pubtool.pipeline.imaging import list_images
from pubtool.pipeline.judging import check_text
from pubtool.pipeline.publishing import Ask, Connect, Publication, Wishes
from pubtool.pipeline.pulled import (
    Home,
    Outcome,
    Pulled,
    diff_of,
    difference_there,
    edited_fields,
    free_name,
    image_in,
    is_name_of,
    plain_line,
    words_there,
)
from pubtool.pipeline.sight import POSTS
from pubtool.pipeline.targets import BuildMode
from pubtool.publishers.wordpress.marker import make_marker
from pubtool.publishers.wordpress.plan import Action, Kind, in_words, record, why_unknown
from pubtool.publishers.wordpress.planning import Plan
from pubtool.publishers.wordpress.remote import Remote, RemotePost
from pubtool.publishers.wordpress.sending import want
from pubtool.publishers.wordpress.state import Entry as Remembered
from pubtool.publishers.wordpress.wanted import FIELDS, Wanted, site_digests
from pubtool.readers.wordpress import Addresses, notes_of, to_markdown
from pubtool.readers.wordpress.merging import Edited, Sent, is_proof, merge, split
from pubtool.readers.wordpress.respelling import Spelled, as_sent
from pubtool.readers.wordpress.weaving import weave
from pubtool.system.config import Project
from pubtool.system.files import read_bytes, read_text
from pubtool.system.transaction import Change, apply_changes
from pubtool.writers.front_matter import set_field
from pubtool.writers.posting import outgoing


@dataclass(frozen=True)
class _Known:
    """A post, and what is to be remembered of it once its file is written."""

    post: Pulled
    entry: Remembered | None
    """None where `publish` is not to know it."""
    text: str = ""
    """The file's new text."""
    seen: RemotePost | None = None
    """What the site has, to be compared with from now on."""


_WOVEN = ("content", "footnotes")
"""The fields that are merged block by block."""


class Pull(Publication):
    """Posts on their way home. A context manager, as a publication is."""

    def __init__(
        self,
        project: Project,
        site: str,
        names: Sequence[str] = (),
        connect: Connect | None = None,
        ask: Ask | None = None,
    ) -> None:
        """Take the posts' names: paths, slugs; all posts of the site where there is none."""
        super().__init__(project, Wishes(site, ask=ask), connect)
        self._names = tuple(names)

    def run(self, *, dry: bool) -> Home:
        """Ask the site, and bring home what can be; with `dry`, nothing is written."""
        checked = check_for_build(self._workspace, ())
        self._material = material_of(self._workspace, checked.reports, BuildMode.DRAFT)
        self._chosen = checked.names
        plan = self.plan()
        assert self._remote is not None
        every = [self._known(action, plan) for action in plan.actions if self._is_asked(action)]
        every += self._fresh(self._remote, plan)
        posts = tuple(sorted((one.post for one in every), key=lambda post: post.path))
        for name in self._names:
            if not any(is_name_of(name, post) for post in posts):
                raise NotThere(name, self._site.name)
        if not dry:
            self._write(every, plan)
        new = [p.arrived for p in posts if p.arrived and p.outcome is Outcome.NEW]
        return Home(posts, tuple(dict.fromkeys(image for one in new for image in one.images)))

    # --- Posts that we published ---

    def _is_asked(self, action: Action) -> bool:
        return action.seen is not None and self._is_named(action.path, action.seen.slug)

    def _is_named(self, path: str, slug: str) -> bool:
        names = (path, path.removeprefix(f"{POSTS}/"), slug)
        return not self._names or any(name in names for name in self._names)

    def _known(self, action: Action, plan: Plan) -> _Known:
        """Return what becomes of a post that the site has of ours."""
        edited = edited_fields(action)
        if not edited:
            return _Known(Pulled(action.path, Outcome.SAME), action.entry)
        text = read_text(self._project.root / action.path, action.path)
        if action.clashes and (woven := self._woven(action, plan, text)):
            return woven
        merged = self._merged(action, plan, text)
        diff = diff_of(action.path, text, merged or text)
        if action.clashes or action.kind is Kind.CONFLICT:
            why = f"its {in_words(edited)} changed both here and on the site"
            if action.path not in plan.state.posts:
                why = why_unknown(edited)
            why += (
                f"; `pubtool publish {self._site.name}` settles it, with --ours or with --theirs "
                "and another pull"
            )
            return _Known(Pulled(action.path, Outcome.BOTH, why, diff), action.entry)
        if merged is None:
            why = (
                "what was edited is a part that pubtool writes by itself, such as the sources, or "
                "cannot be told apart; change the file by hand, or publish with --ours"
            )
            return _Known(Pulled(action.path, Outcome.BOTH, why), action.entry)
        wanted = self._as_sent(action.path, action.entry.marker, plan, merged)
        assert action.seen is not None
        there = self._there(action, text)
        difference = difference_there(there.edited, wanted)
        if difference:
            why = f"it would not say there what it says now: {difference}"
            return _Known(Pulled(action.path, Outcome.BOTH, why, diff), action.entry)
        before = _brought(action, action.seen) if there.restored else action.entry
        names = [name for name in edited if not (there.restored and name in _WOVEN)]
        entry = replace(record(before, wanted, names, action.seen), kept=False)
        outcome, copy = Outcome.MERGED, ""
        if action.kept and merged != text:
            outcome, copy = Outcome.REPLACED, free_name(self._project.root, action.path)
        return _Known(
            Pulled(action.path, outcome, diff=diff, copy=copy), entry, merged, action.seen
        )

    def _woven(self, action: Action, plan: Plan, text: str) -> _Known | None:
        """Return what becomes of a post whose words changed here and there.

        None where nothing can be merged: a title changed twice, what was published last is not
        kept any more, or all that the site changed was changed here too.
        """
        seen, wanted = action.seen, action.wanted
        base = self._base(action)
        if seen is None or base is None or {"title", "excerpt"} & set(action.clashes):
            return None
        old, there = Edited(base[0], notes_of(base[1])), self._there(action, text).edited
        here = Edited(wanted.content, notes_of(wanted.footnotes))
        woven = weave(old, here, there)
        merged = self._merged(action, plan, text, woven.edited) if woven.taken else None
        if (
            not woven.taken
            and not woven.clashes
            and _proofs(there) in (_proofs(old), _proofs(here))
        ):
            merged = text  # the site only spells it otherwise
        if merged is None:
            return None
        sent = self._as_sent(action.path, action.entry.marker, plan, merged)
        if difference_there(woven.edited, sent):
            return None
        diff = diff_of(action.path, text, merged)
        if woven.clashes:
            theirs = self._merged(action, plan, text, weave(old, there, here).edited)
            diff += diff_of(action.path, merged, theirs or merged)
            why = (
                "a paragraph changed both here and on the site: yours is in the file, and the last "
                "difference is to the site's; take over what you want of that, then `pubtool "
                f"publish {self._site.name} --ours`"
            )
            return _Known(Pulled(action.path, Outcome.PARTLY, why, diff), None, merged)
        alone = [name for name in ("title", "excerpt") if name in action.edited]
        entry = record(_brought(action, seen), sent, alone, seen)
        return _Known(Pulled(action.path, Outcome.MERGED, diff=diff), entry, merged, seen)

    def _there(self, action: Action, text: str) -> Spelled:
        """Return what the site has of a post's text, in our spelling."""
        assert action.seen is not None
        content, _ = self._base(action) or ("", "")
        sent = action.entry.sent.get("content") == action.wanted.digests.get("content")
        unchanged = sent and not action.kept
        return as_sent(words_there(action.seen), _sent(action, text), content, unchanged=unchanged)

    def _as_sent(self, path: str, marker: str, plan: Plan, text: str) -> Wanted:
        """Return a post as it would be sent if its file were `text`."""
        assert self._material is not None
        report = check_text(self._workspace, path, text)
        own = material_of(self._workspace, [report], BuildMode.DRAFT)
        material = replace(self._material, posts={**self._material.posts, **own.posts})
        page = next(page for page in own.site.every if page.path == path)
        sending = outgoing(material, page, self._workspace.pandoc)
        return want(sending, marker, plan.state, self._habits)

    def _merged(
        self, action: Action, plan: Plan, text: str, there: Edited | None = None
    ) -> str | None:
        """Return the file with the site's words, or None where they cannot be told apart.

        `there` is what is to be in it instead of all that the site has.
        """
        seen = action.seen
        assert seen is not None
        entry = self._entry(seen, plan)
        image, link = self._image_at(plan, text), self._link_at(plan)

        known = {} if there is None else there.notes
        notes = json.dumps([{"id": name, "content": said} for name, said in known.items()])

        def convert(blocks: str, labels: Mapping[str, str]) -> str:
            part = replace(entry, content=blocks, footnotes=notes if there else entry.footnotes)
            addresses = Addresses(image, link, "inline", labels)
            return to_markdown(part, self._workspace.pandoc, addresses).markdown

        theirs = there or self._there(action, text).edited
        merged: str | None = text
        if set(_WOVEN) & set(edited_fields(action)):
            merged = merge(_sent(action, text), theirs, convert)
        for name, value in (("title", seen.title), ("excerpt", seen.excerpt)):
            if merged is not None and name in edited_fields(action):
                merged = set_field(merged, name, plain_line(value))
        return merged

    def _image_at(self, plan: Plan, text: str) -> Callable[[str], str]:
        """Return what turns the address of an image of ours on the site into the file's."""
        names = {upload.url: upload.slug for upload in plan.state.media.values()}

        def image(address: str) -> str:
            slug = names.get(address, "").rpartition("-")[0]
            return image_in(text, slug) or address if slug else address

        return image

    def _link_at(self, plan: Plan) -> Callable[[str], str]:
        files = {entry.link.rstrip("/"): path for path, entry in plan.state.posts.items()}

        def link(address: str) -> str:
            plain, mark, fragment = address.partition("#")
            path = files.get(plain.rstrip("/"), "") if plain else ""
            return f"{path.removeprefix(f'{POSTS}/')}{mark}{fragment}" if path else address

        return link

    # --- Posts that the project does not know ---

    def _fresh(self, remote: Remote, plan: Plan) -> list[_Known]:
        known = {action.seen.id for action in plan.actions if action.seen}
        known |= {entry.id for entry in plan.state.posts.values()} | self._imported(plan)
        posts = [p for p in remote.posts() if p.id not in known and self._is_named("", p.slug)]
        entries = tuple(self._entry(post, plan) for post in posts)
        taken = {path for path in self._chosen if path.startswith(POSTS)}
        found: list[_Known] = []
        addresses = Addresses(lambda address: address, self._link_at(plan))
        markers = {entry.marker for entry in plan.state.posts.values()}
        for number, place in name_posts(entries, POSTS).items():
            arrived = make(self._workspace, entries[number], place, Choice(POSTS), addresses)
            there = arrived.state is FileState.THERE or arrived.path in taken
            outcome = Outcome.BOTH if there else Outcome.NEW
            why = "another file has its name" if there else ""
            pulled = Pulled(arrived.path, outcome, why, arrived=arrived)
            title = self._project.settings.title
            marker = make_marker(plan.account.url, title, arrived.path, markers)
            markers.add(marker)
            entry = self._adopted(posts[number], pulled, marker, plan)
            found.append(_Known(pulled, entry, arrived.text))
        return found

    def _adopted(
        self, seen: RemotePost, pulled: Pulled, marker: str, plan: Plan
    ) -> Remembered | None:
        """Return what is to be remembered of a new post, so that `publish` knows it for the same.

        None where its words would not be those that the site has.
        """
        arrived = pulled.arrived
        if pulled.outcome is not Outcome.NEW or arrived is None or arrived.difference:
            return None
        wanted = self._as_sent(arrived.path, marker, plan, arrived.text)
        if difference_there(words_there(seen), wanted):
            return None
        entry = Remembered(marker, id=seen.id, link=seen.link, modified=seen.modified_gmt)
        return record(entry, wanted, FIELDS, seen)

    def _imported(self, plan: Plan) -> set[int]:
        """Return the ids of the site's posts that were imported before."""
        assert self._material is not None
        found = set[int]()
        for checked in self._material.posts.values():
            said = dict(checked.post.front.other).get(IMPORTED)
            link = str(said.get("link", "")) if isinstance(said, dict) else ""
            if isinstance(said, dict) and link.startswith(plan.account.url):
                found.add(int(said.get("id", 0)))
        return found

    def _entry(self, post: RemotePost, plan: Plan) -> Entry:
        """Return a post of the site's as an entry of its export would be."""
        names = {term.id: term.name for term in plan.rules.known.categories}
        tags = {term.id: term.name for term in plan.rules.known.tags}
        assert self._remote is not None
        image = self._remote.media_of(post.featured_media) if post.featured_media else None
        return Entry(
            id=post.id,
            kind="post",
            title=post.title,
            slug=post.slug,
            status=post.status,
            date=f"{post.date_gmt}+00:00" if post.date_gmt else "",
            link=post.link,
            author="",
            content=post.content,
            excerpt=post.excerpt,
            footnotes=post.footnotes,
            categories=tuple(names[one] for one in post.categories if one in names),
            tags=tuple(tags[one] for one in post.tags if one in tags),
            image=image.url if image else "",
            image_alt=image.alt if image else "",
            password=post.password,
            sticky=post.sticky,
        )

    # --- Writing ---

    def _write(self, every: Sequence[_Known], plan: Plan) -> None:
        """Write the files, and remember that the site's words are here."""
        root, state = self._project.root, plan.state
        changes = []
        for one in every:
            if not one.post.is_written:
                continue
            path = root / one.post.path
            before = None if one.post.outcome is Outcome.NEW else read_bytes(path)
            if one.post.copy and before is not None:
                changes.append(Change(root / one.post.copy, before, None))
            changes.append(Change(path, one.text.encode(), before))
            if one.entry is not None:
                state = state.with_post(one.post.path, one.entry)
            if one.entry is not None and one.seen is not None:
                self._keep(one.entry.marker, one.seen)
        new = [one.post.arrived for one in every if one.post.outcome is Outcome.NEW]
        images = [image for arrived in new if arrived for image in arrived.images]
        apply_changes(root, [*changes, *list_images(root / POSTS, images)])
        if state is not plan.state:
            self._save(state)


def _sent(action: Action, text: str) -> Sent:
    wanted = action.wanted
    return Sent(text, wanted.content, notes_of(wanted.footnotes), wanted.lines)


def _brought(action: Action, seen: RemotePost) -> Remembered:
    """Return the entry with the site's text as it gave it back: what the file has is sent next."""
    site, entry = site_digests(seen), action.entry
    back = {**entry.back, **{name: site[name] for name in _WOVEN if name in site}}
    sent = {name: digest for name, digest in entry.sent.items() if name != "content"}
    return replace(entry, sent=sent, back=back)


def _proofs(side: Edited) -> list[str]:
    return [block for block in split(side.content) if is_proof(block)]
