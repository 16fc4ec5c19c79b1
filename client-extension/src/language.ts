// Gives the language to the user's own two files wherever they lie; usual places are known from package.json.
import * as vscode from "vscode";
import type { Profiles } from "./profiles.ts";

/** Each document is set once, so that whoever chooses another language keeps it. */
export function languageOfFiles(profiles: Profiles): vscode.Disposable {
  const done = new WeakSet<vscode.TextDocument>();
  const set = (document: vscode.TextDocument): void => {
    const files = profiles.snapshot?.files;
    const isOurs = document.uri.scheme === "file" && files !== undefined
      && [files.config.path, files.credentials.path].includes(document.uri.fsPath);
    if (isOurs && !done.has(document)) {
      done.add(document);
      if (document.languageId !== "aws-config") {
        void vscode.languages.setTextDocumentLanguage(document, "aws-config");
      }
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(set),
    profiles.onChange(() => vscode.workspace.textDocuments.forEach(set)),
  );
}
