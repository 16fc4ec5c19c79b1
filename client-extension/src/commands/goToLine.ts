import * as vscode from "vscode";
import type { App } from "../app.ts";
import type { Place } from "../protocol.ts";

/** Opens a file with the caret at the start of a line. */
export async function goToLine(_app: App, place?: Place): Promise<void> {
  if (place !== undefined) {
    const start = new vscode.Position(place.line - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(place.path), { selection: new vscode.Range(start, start) });
  }
}
