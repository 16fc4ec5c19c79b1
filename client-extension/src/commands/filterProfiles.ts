import * as vscode from "vscode";
import type { App } from "../app.ts";

/** Narrows the side bar while one types; Enter keeps it so, Escape brings everything back. */
export async function filterProfiles({ profiles }: App, query?: unknown): Promise<void> {
  if (typeof query === "string") {
    await profiles.filter(query);
    return;
  }
  await vscode.commands.executeCommand("rolecall.profiles.focus");
  const box = vscode.window.createInputBox();
  let isKept = false;
  box.title = "Filter profiles";
  box.placeholder = "Parts of a name, account or role";
  box.value = profiles.query;
  box.onDidChangeValue((value) => void profiles.filter(value));
  box.onDidAccept(() => {
    isKept = true;
    box.hide();
  });
  box.onDidHide(() => {
    box.dispose();
    if (!isKept) {
      void profiles.filter("");
    }
  });
  box.show();
}
