"""A client for the language server, over pipes: it says what it is told to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Client:
    """One server and what it has said."""

    def __init__(self, root: Path, encoding: str = "utf-16", *, watches: bool = False) -> None:
        command = (sys.executable, "-m", "pubtool", "lsp")
        self.server = subprocess.Popen(
            command,
            cwd=root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.said: list[dict[str, Any]] = []
        self._ids = 0
        able: dict[str, Any] = {"general": {"positionEncodings": [encoding]}}
        if watches:
            able["workspace"] = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
        self.capabilities = self.ask(
            "initialize", {"processId": None, "rootUri": root.as_uri(), "capabilities": able}
        )["capabilities"]
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.server.poll() is None:
            self.leave()
        for pipe in (self.server.stdin, self.server.stdout, self.server.stderr):
            assert pipe is not None
            pipe.close()

    def leave(self) -> int:
        """Leave as agreed; return the server's exit status."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self.server.wait(60)

    def send(self, data: bytes) -> None:
        assert self.server.stdin is not None
        self.server.stdin.write(data)
        self.server.stdin.flush()

    def tell(self, method: str, params: Any, **more: Any) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params, **more}
        body = json.dumps(message).encode()
        self.send(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def ask(self, method: str, params: Any) -> Any:
        self._ids += 1
        self.tell(method, params, id=self._ids)
        while True:
            message = self.read()
            if message.get("id") == self._ids and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self.said.append(message)

    def read(self) -> dict[str, Any]:
        assert self.server.stdout is not None
        length = 0
        while (line := self.server.stdout.readline()) not in (b"\r\n", b""):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert line, "the server has gone"
        found: dict[str, Any] = json.loads(self.server.stdout.read(length))
        return found

    def published(self, uri: str, version: int) -> list[dict[str, Any]]:
        """Wait for the next diagnostics of a version."""
        while True:
            message = self.said.pop(0) if self.said else self.read()
            params = message.get("params") or {}
            about = message.get("method") == "textDocument/publishDiagnostics"
            if about and params["uri"] == uri and params.get("version") == version:
                found: list[dict[str, Any]] = params["diagnostics"]
                return found

    def registered(self, method: str) -> dict[str, Any]:
        """Return how the server has asked to be told of something."""
        for message in self.said:
            if message.get("method") == "client/registerCapability":
                for one in message["params"]["registrations"]:
                    if one["method"] == method:
                        options: dict[str, Any] = one["registerOptions"]
                        return options
        raise AssertionError(method)

    def open(self, path: Path, text: str) -> str:
        uri = path.as_uri()
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, version: int, *changes: dict[str, Any]) -> None:
        about = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", {"textDocument": about, "contentChanges": changes})

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Any:
        place = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place, **more}
        )
