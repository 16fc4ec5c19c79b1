// What the server says.
import * as vscode from "vscode";
import { MessageType, ShowMessageNotification } from "vscode-languageclient/node";
import type { LanguageClient } from "vscode-languageclient/node";

const COPY = "Copy";

/** In place of the language client's own way to show messages. */
export function showMessages(client: LanguageClient): void {
  client.onNotification(ShowMessageNotification.type, async ({ type, message }) => {
    if (type !== MessageType.Error && type !== MessageType.Warning) {
      await vscode.window.showInformationMessage(message);
      return;
    }
    // Without a button the editor cuts a message off at the end of its line, and the way out stands last.
    const show = type === MessageType.Error ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    if ((await show(message, COPY)) === COPY) {
      await vscode.env.clipboard.writeText(message);
    }
  });
  client.onRequest("rolecall/showHover", async () => {
    await vscode.commands.executeCommand("editor.action.showHover");
    return null;
  });
}
