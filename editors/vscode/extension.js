// Starts `pubtool lsp` and hands it the Markdown files of the folder; all the rest is the server's.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = vscode.workspace.getConfiguration("pubtool").get("path") || "pubtool";
  client = new LanguageClient(
    "pubtool",
    "pubtool",
    { command, args: ["lsp"] },
    {
      documentSelector: [{ scheme: "file", language: "markdown" }],
      synchronize: {
        fileEvents: ["**/references.bib", "**/pubtool.toml", "**/sources.lock", "**/sources/**", "**/decisions/**"].map(
          (pattern) => vscode.workspace.createFileSystemWatcher(pattern),
        ),
      },
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(
      `pubtool could not be started (${error.message}); set pubtool.path to where it is installed.`,
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

exports.activate = async (context) => {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("pubtool.restart", restart),
    vscode.workspace.onDidChangeConfiguration((changed) => changed.affectsConfiguration("pubtool.path") && restart()),
  );
  await start();
};

exports.deactivate = stop;
