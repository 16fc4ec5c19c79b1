// How the rows of the side bar look.
import * as vscode from "vscode";
import { GROUP_LABELS, partLabel } from "./groups.ts";
import { describe, describeAccount, join, kindLabel, problemCount } from "./labels.ts";
import type { Account, Group, Place, Profile } from "./protocol.ts";

/** A line of an unfolded profile: a problem, a key or a fact. */
export interface RowNode {
  readonly type: "row";
  readonly label: string;
  readonly value: string;
  readonly icon: vscode.ThemeIcon;
  readonly place: Place | undefined;
}

export function row(label: string, value: string, icon: string, place?: Place, colour?: vscode.ThemeColor): RowNode {
  return { type: "row", label, value, icon: new vscode.ThemeIcon(icon, colour), place };
}

export function groupItem({ id, total }: Group): vscode.TreeItem {
  const label = GROUP_LABELS[id];
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group:${id}`;
  item.description = total.toLocaleString("en");
  item.contextValue = `group.${id}`;
  item.accessibilityInformation = { label: `${label}, ${total}` };
  return item;
}

/** A part of a group that is too long to be shown at once, from a member on. */
export function partItem({ id, parts, total }: Group, number: number, size: number): vscode.TreeItem {
  const [first, last] = parts[number] ?? ["", ""];
  const count = Math.min(size, total - number * size);
  const item = new vscode.TreeItem(partLabel(first, last), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `part:${id}:${number}`;
  item.description = String(count);
  item.contextValue = "part";
  item.accessibilityInformation = { label: `${first} to ${last}, ${count}` };
  return item;
}

export function profileItem(profile: Profile, isActive: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(profile.name, vscode.TreeItemCollapsibleState.Collapsed);
  const description = join(isActive ? "active" : undefined, describe(profile, Date.now()));
  const problems = problemCount(profile.problems.length);
  item.id = `profile:${profile.name}`;
  item.description = description;
  item.contextValue = contextOf(profile);
  item.iconPath = profileIcon(profile.status, isActive);
  item.accessibilityInformation = {
    label: [profile.name, kindLabel(profile.kind), profile.status, problems, description].filter(Boolean).join(", "),
  };
  return goTo(item, profile.definedAt[0]);
}

/** What the menus of package.json look at: buttons stand only where what is behind them works. */
function contextOf({ account, kind, status }: Profile): string {
  return `profile.${status === "error" ? "broken" : kind}${account === null ? "" : ".linked"}`;
}

/** The active profile has a filled circle, unless something is wrong with it, which matters more. */
function profileIcon(status: Profile["status"], isActive: boolean): vscode.ThemeIcon {
  if (status === "ok") {
    return new vscode.ThemeIcon(isActive ? "circle-filled" : "pass", new vscode.ThemeColor("charts.green"));
  }
  return new vscode.ThemeIcon(status, severityColour(status));
}

export function severityColour(severity: string): vscode.ThemeColor | undefined {
  const colours: Record<string, string> = { error: "list.errorForeground", warning: "list.warningForeground" };
  const colour = colours[severity];
  return colour === undefined ? undefined : new vscode.ThemeColor(colour);
}

export function accountItem(account: Account): vscode.TreeItem {
  const item = new vscode.TreeItem(account.name, vscode.TreeItemCollapsibleState.None);
  const description = describeAccount(account);
  const problems = problemCount(account.problems.length);
  item.id = `account:${account.path}:${account.line}`;
  item.description = description;
  item.contextValue = "account";
  item.iconPath = problems === undefined
    ? new vscode.ThemeIcon("organization")
    : new vscode.ThemeIcon("warning", severityColour("warning"));
  const spoken = [account.name, "account", problems, description].filter(Boolean).join(", ");
  item.accessibilityInformation = { label: spoken };
  return goTo(item, account);
}

export function rowItem(node: RowNode): vscode.TreeItem {
  const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.None);
  item.description = node.value;
  item.tooltip = join(node.label, node.value);
  item.iconPath = node.icon;
  item.contextValue = "row";
  item.accessibilityInformation = { label: [node.label, node.value].filter(Boolean).join(", ") };
  return goTo(item, node.place);
}

function goTo(item: vscode.TreeItem, place: Place | undefined): vscode.TreeItem {
  if (place !== undefined) {
    const { path, line } = place;
    item.command = { command: "rolecall.goToLine", title: "Go to line", arguments: [{ path, line }] };
  }
  return item;
}
