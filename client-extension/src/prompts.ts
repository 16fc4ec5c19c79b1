// What the server, or a command without an argument, asks the user.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { PART } from "./groups.ts";
import { describe } from "./labels.ts";
import type { Profiles } from "./profiles.ts";
import type { AskMfaCode, GroupId, PickProfile, Profile } from "./protocol.ts";

/** Answers the questions of the server. */
export function answerPrompts(client: LanguageClient): void {
  client.onRequest("rolecall/askMfaCode", askMfaCode);
  client.onRequest("rolecall/pickProfile", pickProfile);
  client.onRequest("rolecall/copyText", async ({ text }: { text: string }) => {
    await vscode.env.clipboard.writeText(text);
    return null;
  });
  // Below "text" nothing is traced.
  client.onRequest("rolecall/readClipboard", async () => ({ text: await vscode.env.clipboard.readText() }));
  client.onRequest("rolecall/pickFile", pickFile);
}

/** The path of a file on the machine that the server runs on, or null when none was chosen. */
async function pickFile({ title }: { title: string }): Promise<{ path: string } | null> {
  const [picked] = (await vscode.window.showOpenDialog({ title, openLabel: "Import" })) ?? [];
  return picked === undefined ? null : { path: picked.fsPath };
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

/** The name of a profile, of those in a group or of all; the active one stands first. */
export function chooseProfile(
  title: string, profiles: Profiles, active: string | undefined, group?: GroupId,
): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick();
  picker.title = title;
  picker.placeholder = "Profile";
  const offered = offerProfiles(picker, profiles, (found) => {
    const now = Date.now();
    const sorted = [...found].sort((a, b) => Number(b.name === active) - Number(a.name === active));
    return sorted.map((profile) => ({ label: profile.name, description: describe(profile, now) }));
  }, group);
  return new Promise((resolve) => {
    picker.onDidAccept(async () => {
      resolve((await offered.choice())?.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

export interface Offered<T> {
  /** Settles when the first items are there. */
  readonly ready: Promise<void>;
  /** What is chosen, once the items are those of what is typed. */
  choice(): Promise<T | undefined>;
}

/** Fills a picker with profiles: with all, or of thousands with the first that fit what is typed. */
export function offerProfiles<T extends vscode.QuickPickItem>(
  picker: vscode.QuickPick<T>, profiles: Profiles, items: (found: readonly Profile[], typed: string) => readonly T[],
  group?: GroupId,
): Offered<T> {
  const isLong = (profiles.snapshot?.all ?? 0) > PART;
  let shown: readonly T[] = [];
  const offer = async (typed: string): Promise<void> => {
    const found = items(await profiles.search(typed, group), typed);
    if (picker.value === typed) {
      shown = found;
      // The server has chosen already, and knows more to find a profile by than its row shows.
      picker.items = isLong ? found.map((item) => ({ ...item, alwaysShow: true })) : found;
    }
  };
  const ready = offer("");
  let latest = ready;
  picker.matchOnDescription = true;
  if (isLong) {
    picker.onDidChangeValue((typed) => void (latest = offer(typed)));
  }
  return {
    ready,
    choice: async () => {
      const [selected] = picker.selectedItems;
      const before = shown;
      await latest;
      // Whoever types fast is done before the list is, and means the first of what comes.
      return shown === before ? selected : shown.find(({ kind }) => kind !== vscode.QuickPickItemKind.Separator);
    },
  };
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
