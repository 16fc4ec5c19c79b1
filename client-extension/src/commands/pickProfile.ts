import * as vscode from "vscode";
import type { App } from "../app.ts";
import { describe, isRole, join } from "../labels.ts";
import { offerProfiles } from "../prompts.ts";
import type { Profile } from "../protocol.ts";

interface Item extends vscode.QuickPickItem {
  /** Undefined for the item that clears the choice. */
  readonly profile?: Profile;
}

const ASSUME = { iconPath: new vscode.ThemeIcon("play"), tooltip: "Assume role" };
const TERMINAL = { iconPath: new vscode.ThemeIcon("terminal"), tooltip: "Open terminal" };
const DETAILS = { iconPath: new vscode.ThemeIcon("info"), tooltip: "Details" };
const COMMANDS = new Map<vscode.QuickInputButton, string>([
  [ASSUME, "rolecall.assumeRole"], [TERMINAL, "rolecall.openTerminal"], [DETAILS, "rolecall.showProfile"],
]);

/** The one picker behind the status bar: choose the profile of new terminals, or act on one of them. */
export async function pickProfile(app: App): Promise<void> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = "AWS profile for new terminals";
  picker.placeholder = "Profile";
  const offered = offerProfiles(picker, app.profiles, (found, typed) => items(app, found, typed));
  await offered.ready;
  picker.activeItems = picker.items.filter(({ profile }) => profile !== undefined && profile.name === app.active.name);
  picker.onDidTriggerItemButton(({ button, item }) => {
    picker.hide();
    const command = COMMANDS.get(button);
    if (command !== undefined && item.profile !== undefined) {
      void vscode.commands.executeCommand(command, { profile: item.profile.name });
    }
  });
  picker.onDidAccept(async () => {
    const item = await offered.choice();
    picker.hide();
    if (item !== undefined) {
      void use(app, item.profile);
    }
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

async function use({ active }: App, profile: Profile | undefined): Promise<void> {
  await active.set(profile?.name);
  if (profile === undefined || !isRole(profile) || hasSession(profile)) {
    return;
  }
  const assume = "Assume role";
  if ((await vscode.window.showInformationMessage(`New terminals use "${profile.name}".`, assume)) === assume) {
    await vscode.commands.executeCommand("rolecall.assumeRole", { profile: profile.name });
  }
}

function hasSession({ expiresAt }: Profile): boolean {
  return expiresAt !== null && Date.parse(expiresAt) > Date.now();
}

/** The active profile and recent ones first, then all others, then the way back to none. */
function items({ active, profiles }: App, found: readonly Profile[], typed: string): Item[] {
  const fitting = new Set(found.map(({ name }) => name));
  const known = active.names.filter((name) => typed === "" || fitting.has(name)).map((name) => profiles.find(name));
  const recent = known.filter((profile) => profile !== undefined);
  const names = recent.map(({ name }) => name);
  const others = found.filter(({ name }) => !names.includes(name));
  const none: Item = {
    label: "None",
    description: "New terminals keep their own AWS_PROFILE",
    iconPath: new vscode.ThemeIcon("circle-slash"),
  };
  return [
    ...section("Recent", recent.map((profile) => profileItem(profile, profile.name === active.name))),
    ...section(recent.length > 0 ? "Other profiles" : "Profiles", others.map((profile) => profileItem(profile, false))),
    ...(active.name === undefined || (typed !== "" && found.length > 0) ? [] : section("", [none])),
  ];
}

function section(label: string, entries: readonly Item[]): Item[] {
  return entries.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...entries];
}

function profileItem(profile: Profile, isActive: boolean): Item {
  const role = isRole(profile);
  const icon = profile.status !== "ok" ? profile.status : isActive ? "circle-filled" : role ? "person" : "account";
  return {
    label: profile.name,
    description: join(isActive ? "active" : undefined, role ? "role" : undefined, describe(profile, Date.now())),
    iconPath: new vscode.ThemeIcon(icon),
    buttons: role ? [ASSUME, TERMINAL, DETAILS] : [TERMINAL, DETAILS],
    profile,
  };
}
