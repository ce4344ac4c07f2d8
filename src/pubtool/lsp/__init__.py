"""`pubtool lsp`: a language server on standard input and output."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from pubtool.lsp.actions import FIX_ALL
from pubtool.lsp.server import Server


def serve() -> int:
    """Serve an editor until it leaves; return the exit status.

    0 where it said that it would leave, 1 where it only left, as the protocol has it.
    """
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="pubtool: %(message)s")
    logging.getLogger("pubtool").setLevel(logging.INFO)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    output, sys.stdout = sys.stdout, sys.stderr  # nothing but messages may reach the editor
    server = Server()
    _listen(server)
    try:
        server.start_io(sys.stdin.buffer, output.buffer)
    finally:
        server.desk.close()
        sys.stdout = output
    return 0 if server.protocol._shutdown else 1


def _listen(server: Server) -> None:
    """Say which requests are answered, and by what."""

    def answer(feature: str, find: Callable[[Any, Any], Any], options: Any = None) -> None:
        async def asked(params: Any) -> Any:
            draft = server.drafts.get(params.text_document.uri)
            if draft is None:
                return None
            return await asyncio.wrap_future(server.desk.ask(lambda: find(draft, params)))

        server.feature(feature, options)(asked)

    answer(types.TEXT_DOCUMENT_HOVER, lambda d, p: server.hover(d, p.position))
    answer(types.TEXT_DOCUMENT_DEFINITION, lambda d, p: server.definition(d, p.position))
    answer(
        types.TEXT_DOCUMENT_COMPLETION,
        lambda d, p: server.complete(d, p.position),
        types.CompletionOptions(trigger_characters=["@", ",", " "]),
    )
    answer(
        types.TEXT_DOCUMENT_CODE_ACTION,
        server.actions,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    answer(types.TEXT_DOCUMENT_CODE_LENS, lambda d, _: server.lenses(d))
    answer(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, lambda d, _: server.symbols(d))

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        server.watch()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.saved(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        server.look_again()
