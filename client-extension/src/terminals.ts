// Terminals that hold one session.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { OpenTerminal } from "./protocol.ts";

/** Opens the terminals that the server asks for. They end with the window, so that no session outlives it on disk. */
export function openTerminals(client: LanguageClient): void {
  client.onRequest("rolecall/openTerminal", ({ name, env }: OpenTerminal) => {
    const iconPath = new vscode.ThemeIcon("key");
    vscode.window.createTerminal({ name, env: { ...env }, isTransient: true, iconPath }).show();
    return null;
  });
}
