"""The language server: what an editor says and asks, and what it is answered."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method
from pygls.uris import to_fs_path

from pubtool import __version__
from pubtool.errors import PubtoolError
from pubtool.lsp import actions, completion, hover
from pubtool.lsp.desk import Desk, Draft
from pubtool.lsp.diagnostics import diagnostics, not_checked
from pubtool.lsp.texts import Text
from pubtool.lsp.words import lens_words
from pubtool.model import PostReport, Span, Verdict
from pubtool.pipeline.looking import WATCHED
from pubtool.pipeline.writing import Entry, Target, Writing, post_name

_LOG = logging.getLogger("pubtool")


class Protocol(LanguageServerProtocol):
    """Keeps the open texts itself: the library's own copies end lines where no editor does."""

    _server: Server

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """Take a text that was opened."""
        self._server.opened(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take what was typed."""
        self._server.changed(params)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """Let go of a text."""
        self._server.closed(params.text_document.uri)


class Server(LanguageServer):
    """pubtool for one editor."""

    def __init__(self) -> None:
        super().__init__("pubtool", __version__, protocol_cls=Protocol)
        self.drafts: dict[str, Draft] = {}
        self.reports: dict[str, tuple[Text, PostReport]] = {}
        """The last report on each draft and the text that it is about; the desk's thread's."""
        self._catalogues: dict[Path, tuple[tuple[Entry, ...], completion.Catalogue]] = {}
        self._others: dict[str, tuple[Text, int]] = {}
        """The open texts, with their versions, that are no posts or whose settings are bad."""
        self.desk = Desk(self._checked, self._failed, self._look)
        self._loop: asyncio.AbstractEventLoop | None = None

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Say what went wrong on standard error alone."""
        _LOG.warning("%s", error)

    # --- Texts ---

    def opened(self, document: types.TextDocumentItem) -> None:
        """Take a text that was opened; one that is no post is left alone, until it is one."""
        self._loop = asyncio.get_running_loop()
        text = Text(document.text, str(getattr(self._encoding, "value", self._encoding)))
        try:
            found = _post_name(document.uri)
        except PubtoolError as error:
            _LOG.warning("%s", error)
            found = None
        else:
            if found is None:
                _LOG.info("%s is no post of a project; nothing is said of it", document.uri)
        if found is None:
            self._others[document.uri] = text, document.version
        else:
            self._put(Draft(document.uri, *found, text, document.version, -1))

    def _open_others(self) -> None:
        """Take the open texts that have become posts: settings were mended, or a project made."""
        for uri, (text, version) in [*self._others.items()]:
            with suppress(PubtoolError):
                found = _post_name(uri)
                if found is not None:
                    del self._others[uri]
                    self._put(Draft(uri, *found, text, version, -1))

    @property
    def _encoding(self) -> Any:
        return self.workspace.position_encoding or "utf-16"

    def changed(self, params: types.DidChangeTextDocumentParams) -> None:
        """Take what was typed."""
        uri, version = params.text_document.uri, params.text_document.version
        draft = self.drafts.get(uri)
        text, at = (draft.text, draft.at) if draft else (self._others.get(uri, (None, 0))[0], -1)
        if text is None:
            return
        for change in params.content_changes:
            text, at = text.changed(change)
        if draft is None:
            self._others[uri] = text, version
            return
        self._put(Draft(draft.uri, draft.root, draft.name, text, version, at))

    def closed(self, uri: str) -> None:
        """Let go of a text, and take back what was said of it."""
        self._others.pop(uri, None)
        draft = self.drafts.pop(uri, None)
        if draft is not None:
            self.desk.drop(uri)
            self.desk.ask(lambda: self._let_go(draft))
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def _let_go(self, draft: Draft) -> None:
        if draft.uri not in self.drafts:
            self.reports.pop(draft.uri, None)
            self.desk.project(draft.root).forget(draft.name)

    def saved(self, uri: str) -> None:
        """Say everything about a text that was saved."""
        self._open_others()
        draft = self.drafts.get(uri)
        if draft is not None:
            where = (draft.uri, draft.root, draft.name, draft.text, draft.version)
            self._put(Draft(*where, -1))

    def _put(self, draft: Draft) -> None:
        self.drafts[draft.uri] = draft
        self.desk.put(draft)

    def watch(self) -> None:
        """Have the editor tell of changed files, where it can."""
        workspace = self.client_capabilities.workspace
        able = workspace.did_change_watched_files if workspace else None
        if able is None or not able.dynamic_registration:
            return
        self.desk.looks = False
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        asked = types.RegistrationParams([types.Registration("files", method, options)])
        self.client_register_capability(asked)

    def look_again(self) -> None:
        """Take in that files have changed which are no open posts."""
        self._open_others()
        self.desk.changed({draft.root for draft in self.drafts.values()})
        for draft in self.drafts.values():
            self.desk.put(draft)

    def _look(self) -> None:
        """Take in what has changed without a word of it; runs in the desk's thread."""
        drafts = list(self.drafts.values())
        for root in {draft.root for draft in drafts}:
            if self.desk.project(root).look():
                for draft in drafts:
                    if draft.root == root and self.drafts.get(draft.uri) is draft:
                        self.desk.put(draft)

    # --- Diagnostics ---

    def _checked(self, draft: Draft, report: PostReport, project: Writing, settled: bool) -> None:  # noqa: FBT001
        self.reports[draft.uri] = (draft.text, report)
        at = -1 if settled else draft.at
        shown, _ = diagnostics(report, draft.text, project.place_of, at)
        self._show(draft, shown)

    def _failed(self, draft: Draft, why: str) -> None:
        """Say that a text is not checked: what was said of the one before would be taken for it."""
        self.reports.pop(draft.uri, None)
        self._show(draft, [not_checked(why, draft.text)])

    def _show(self, draft: Draft, shown: list[types.Diagnostic]) -> None:
        params = types.PublishDiagnosticsParams(draft.uri, shown, draft.version)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._publish, params)

    def _publish(self, params: types.PublishDiagnosticsParams) -> None:
        if params.uri in self.drafts:
            self.text_document_publish_diagnostics(params)

    # --- Questions; these run in the desk's thread ---

    def hover(self, draft: Draft, position: types.Position) -> types.Hover | None:
        """Return what there is to say of a place."""
        at, project = draft.text.offset(position), self.desk.project(draft.root)
        catalogue = self.catalogue(draft.root)
        key = completion.key_at(draft.text.text, at)
        if key and (entry := catalogue.by_key.get(key[0])):
            said = hover.hover_entry(entry, at_hand=project.text_of(entry.key) is not None)
            return _hover(said, draft.text, key[1])
        verdict = self.verdict_at(draft, at)
        if verdict is None:
            return None
        source = verdict.match.key if verdict.match else ""
        said = hover.hover_quotation(verdict, catalogue.by_key.get(source))
        return _hover(said, draft.text, verdict.quotation.span)

    def definition(self, draft: Draft, position: types.Position) -> types.Location | None:
        """Return the entry that a key names, or the passage that a quotation is."""
        at, project = draft.text.offset(position), self.desk.project(draft.root)
        key = completion.key_at(draft.text.text, at)
        verdict = self.verdict_at(draft, at)
        target: Target | None = None
        if key:
            target = project.target_of_entry(key[0])
        elif verdict and verdict.match:
            target = project.target_of_match(verdict.match)
        if target is None:
            return None
        start = types.Position(target.line, 0)
        return types.Location(target.path.as_uri(), types.Range(start, start))

    def complete(self, draft: Draft, position: types.Position) -> types.CompletionList | None:
        """Return what may be meant by a citation that is being typed."""
        at = draft.text.offset(position)
        sought = completion.sought_at(draft.text, at)
        if sought is None:
            return None
        if not sought.key:
            return completion.key_items(self.catalogue(draft.root), sought, draft.text)
        project = self.desk.project(draft.root)
        _, report = self.reports.get(draft.uri, (None, None))
        before = [v for v in report.verdicts if v.quotation.span.end <= at] if report else []
        places = project.locators(sought.key, before[-1] if before else None)
        return completion.locator_items(places, sought, draft.text)

    def actions(self, draft: Draft, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Return what may be done at a place; nothing in a text that is not checked."""
        if self.report(draft) is None:
            return []
        report = self.desk.project(draft.root).with_fixes(draft.name, draft.text.text)
        text, asked = draft.text, params.range
        span = Span(text.offset(asked.start), text.offset(asked.end))
        only = [str(getattr(kind, "value", kind)) for kind in params.context.only or ()]
        made = []
        for title, kind, edits, mended, preferred in actions.actions(report, text, span, only):
            codes = {finding.code for finding in mended}
            mends = [d for d in params.context.diagnostics if d.code in codes]
            changes = [types.TextEdit(text.range(edit.span), edit.text) for edit in edits]
            edit = types.WorkspaceEdit(changes={draft.uri: changes})
            made.append(
                types.CodeAction(title, kind, mends, is_preferred=preferred or None, edit=edit)
            )
        return made

    def lenses(self, draft: Draft) -> list[types.CodeLens]:
        """Return each quotation's verdict, for the line above it."""
        report = self.report(draft)
        return [
            types.CodeLens(
                draft.text.range(verdict.quotation.span),
                types.Command(lens_words(verdict), ""),
            )
            for verdict in (report.verdicts if report else ())
        ]

    def symbols(self, draft: Draft) -> list[types.DocumentSymbol]:
        """Return the post's quotations."""
        report = self.report(draft)
        made = []
        for verdict in report.verdicts if report else ():
            place = draft.text.range(verdict.quotation.span)
            name = " ".join(verdict.quotation.text.split())[:60] or "…"
            kind = types.SymbolKind.String
            made.append(types.DocumentSymbol(name, kind, place, place, detail=lens_words(verdict)))
        return made

    def report(self, draft: Draft) -> PostReport | None:
        """Return the report on a draft as it stands; None where it could not be checked."""
        text, report = self.reports.get(draft.uri, (None, None))
        return report if text == draft.text else None

    def verdict_at(self, draft: Draft, at: int) -> Verdict | None:
        """Return the verdict on the quotation that a place lies in."""
        report = self.report(draft)
        for verdict in report.verdicts if report else ():
            span = verdict.quotation.span
            if span.start <= at <= span.end:
                return verdict
        return None

    def catalogue(self, root: Path) -> completion.Catalogue:
        """Return a project's bibliography, ready to be searched."""
        entries = self.desk.project(root).entries
        known = self._catalogues.get(root)
        if known is None or known[0] is not entries:
            known = self._catalogues[root] = entries, completion.Catalogue(entries)
        return known[1]


def _post_name(uri: str) -> tuple[Path, str] | None:
    path = to_fs_path(uri)
    return post_name(Path(path).resolve()) if path else None


def _hover(said: str, text: Text, span: Span) -> types.Hover:
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, said), text.range(span))
