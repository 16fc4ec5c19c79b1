// What the server, or a command without an argument, asks the user.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { describe } from "./labels.ts";
import type { AskMfaCode, PickProfile, Profile } from "./protocol.ts";

/** Answers the questions of the server. */
export function answerPrompts(client: LanguageClient): void {
  client.onRequest("rolecall/askMfaCode", askMfaCode);
  client.onRequest("rolecall/pickProfile", pickProfile);
  client.onRequest("rolecall/copyText", async ({ text }: { text: string }) => {
    await vscode.env.clipboard.writeText(text);
    return null;
  });
}

/** Six digits, or null when the box was closed. The box closes by itself when the server takes its question back. */
function askMfaCode(question: AskMfaCode, token: vscode.CancellationToken): Promise<string | null> {
  const box = vscode.window.createInputBox();
  box.title = `MFA code for ${question.profile}`;
  box.prompt = `Device ${question.serial}`;
  box.placeholder = "123456";
  box.ignoreFocusOut = true;
  // What was wrong with the last code stands there in red until the next one is typed.
  box.validationMessage = question.message ?? undefined;
  const problem = (): string | undefined => (/^\d{6}$/.test(box.value.trim()) ? undefined : "Six digits");
  box.onDidChangeValue(() => (box.validationMessage = problem()));
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      box.validationMessage = problem();
      if (box.validationMessage === undefined) {
        resolve(box.value.trim());
        box.hide();
      }
    });
    box.onDidHide(() => {
      resolve(null);
      box.dispose();
    });
    token.onCancellationRequested(() => box.hide());
    box.show();
  });
}

async function pickProfile(question: PickProfile, token: vscode.CancellationToken): Promise<string | null> {
  const items = question.profiles.map(({ name, description }) => ({ label: name, description }));
  const picked = question.allowNew
    ? await chooseOrName(question.title, question.placeholder, items, token)
    : await choose(question.title, question.placeholder, items, token);
  return picked ?? null;
}

/** The name of a profile; the active one stands first. */
export function chooseProfile(
  title: string, profiles: readonly Profile[], active: string | undefined,
): Promise<string | undefined> {
  const now = Date.now();
  const sorted = [...profiles].sort((a, b) => Number(b.name === active) - Number(a.name === active));
  const items = sorted.map((profile) => ({ label: profile.name, description: describe(profile, now) }));
  return choose(title, "Profile", items);
}

/** The label of the item that was picked. */
export async function choose(
  title: string, placeHolder: string, items: readonly vscode.QuickPickItem[], token?: vscode.CancellationToken,
): Promise<string | undefined> {
  const options = { title, placeHolder, matchOnDescription: true };
  return (await vscode.window.showQuickPick([...items], options, token))?.label;
}

/** As `choose`, with one more item for a name that is not in the list yet. */
function chooseOrName(
  title: string, placeholder: string, items: readonly vscode.QuickPickItem[], token: vscode.CancellationToken,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  const offer = (typed: string): void => {
    const known = typed === "" || items.some(({ label }) => label === typed);
    const iconPath = new vscode.ThemeIcon("add");
    const create = { label: typed, description: "new profile", iconPath, alwaysShow: true };
    picker.items = known ? items : [create, ...items];
  };
  picker.title = title;
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  picker.onDidChangeValue((value) => offer(value.trim()));
  offer("");
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      // Whoever types fast is done before the list is.
      resolve(picker.selectedItems[0]?.label ?? (picker.value.trim() || undefined));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    token.onCancellationRequested(() => picker.hide());
    picker.show();
  });
}
