// Terminals that hold one session.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { ActiveProfile } from "./activeProfile.ts";
import type { OpenTerminal } from "./protocol.ts";

/** Opens the terminals that the server asks for. They end with the window, so that no session outlives it on disk. */
export function openTerminals(client: LanguageClient, active: ActiveProfile): void {
  client.onRequest("rolecall/openTerminal", async ({ name, env }: OpenTerminal) => {
    await active.without(async () => {
      const iconPath = new vscode.ThemeIcon("key");
      const terminal = vscode.window.createTerminal({ name, env: { ...env }, isTransient: true, iconPath });
      terminal.show();
      await started(terminal);
    });
    return null;
  });
}

/** Resolves when the shell runs, or when it turned out that it cannot. */
async function started(terminal: vscode.Terminal): Promise<void> {
  let listener: vscode.Disposable | undefined;
  const closed = new Promise<void>((resolve) => {
    listener = vscode.window.onDidCloseTerminal((other) => other === terminal && resolve());
  });
  await Promise.race([terminal.processId, closed]);
  listener?.dispose();
}
