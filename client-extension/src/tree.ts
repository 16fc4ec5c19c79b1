// The side bar: profiles by group, each of which unfolds into its keys and what follows from them.
import * as vscode from "vscode";
import type { ActiveProfile } from "./activeProfile.ts";
import { countProblems, groups } from "./groups.ts";
import type { Group } from "./groups.ts";
import { describe, describeAccount, join, kindLabel, problemCount, roleName } from "./labels.ts";
import type { Profiles } from "./profiles.ts";
import type { Account, Place, Profile } from "./protocol.ts";
import { absoluteTime, timeLeft } from "./time.ts";
import { accountTooltip, profileTooltip, SEVERITY_ICONS } from "./tooltip.ts";

interface GroupNode {
  readonly type: "group";
  readonly group: Group;
  readonly children: readonly (ProfileNode | AccountNode)[];
}

interface ProfileNode {
  readonly type: "profile";
  readonly profile: Profile;
}

interface AccountNode {
  readonly type: "account";
  readonly account: Account;
}

/** A line of an unfolded profile: a problem, a key or a fact. */
interface RowNode {
  readonly type: "row";
  readonly label: string;
  readonly value: string;
  readonly icon: vscode.ThemeIcon;
  readonly place: Place | undefined;
}

type Node = GroupNode | ProfileNode | AccountNode | RowNode;

export class ProfileTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #profiles: Profiles;
  readonly #active: ActiveProfile;
  readonly #view: vscode.TreeView<Node>;
  readonly #changes = new vscode.EventEmitter<Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  #roots: readonly GroupNode[] = [];

  constructor(profiles: Profiles, active: ActiveProfile) {
    this.#profiles = profiles;
    this.#active = active;
    this.#view = vscode.window.createTreeView("rolecall.profiles", { treeDataProvider: this, showCollapseAll: false });
  }

  /** Shows what the server last said. */
  update(): void {
    const snapshot = this.#profiles.snapshot;
    this.#roots = snapshot === undefined ? [] : groups(snapshot).map(groupNode);
    const count = snapshot === undefined ? 0 : countProblems(snapshot);
    this.#view.badge = { value: count, tooltip: problemCount(count) ?? "" };
    this.#changes.fire(undefined);
  }

  /** Shows the same profiles with the times of now. */
  tick(): void {
    const expiring = this.#profileNodes().filter(({ profile }) => profile.expiresAt !== null);
    if (expiring.length > 0 && this.#view.visible) {
      this.#changes.fire(expiring);
    }
  }

  async reveal(name: string): Promise<void> {
    const node = this.#profileNodes().find(({ profile }) => profile.name === name);
    if (node !== undefined) {
      await this.#view.reveal(node, { select: true, focus: true, expand: true });
    }
  }

  getChildren(node?: Node): vscode.ProviderResult<Node[]> {
    switch (node?.type) {
      case undefined:
        return [...this.#roots];
      case "group":
        return [...node.children];
      case "profile":
        return this.#rows(node.profile);
      default:
        return [];
    }
  }

  /** Only profiles are ever revealed, and their parent is a group. */
  getParent(node: Node): Node | undefined {
    return this.#roots.find(({ children }) => children.some((child) => child === node));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.type) {
      case "group":
        return groupItem(node);
      case "profile":
        return profileItem(node.profile, node.profile.name === this.#active.name);
      case "account":
        return accountItem(node.account);
      case "row":
        return rowItem(node);
    }
  }

  /** Called when someone points at a row: only then are its problems asked for. */
  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    if (node.type === "profile") {
      const detail = await this.#profiles.detail(node.profile.name);
      item.tooltip = profileTooltip(node.profile, detail?.problems ?? []);
    } else if (node.type === "account") {
      item.tooltip = accountTooltip(node.account);
    }
    return item;
  }

  dispose(): void {
    this.#view.dispose();
    this.#changes.dispose();
  }

  #profileNodes(): ProfileNode[] {
    return this.#roots.flatMap(({ children }) => children.filter((child) => child.type === "profile"));
  }

  /** The problems come first, so that whoever cannot point at an icon finds the reasons too. */
  async #rows(profile: Profile): Promise<RowNode[]> {
    const detail = profile.problems.length > 0 ? await this.#profiles.detail(profile.name) : undefined;
    const problems = (detail?.problems ?? []).map((problem) =>
      row(problem.message, "", SEVERITY_ICONS[problem.severity], problem, severityColour(problem.severity)));
    const keys = profile.keys.map((key) => row(key.name, key.value, "symbol-property", key));
    return [...problems, ...keys, ...this.#facts(profile)];
  }

  #facts(profile: Profile): RowNode[] {
    const account = this.#profiles.accountOf(profile);
    const left = timeLeft(profile.expiresAt, Date.now());
    const facts: [label: string, value: string, icon: string, place?: Place | undefined][] = [
      ["Account", join(profile.account ?? undefined, profile.accountId ?? undefined), "organization", account],
      ["Role", roleName(profile.roleArn) ?? "", "person"],
      ["Region", profile.region ?? "", "globe"],
      ["Chain", profile.chain.length > 1 ? profile.chain.join(" → ") : "", "link"],
      ["Expires", profile.expiresAt === null ? "" : join(left, absoluteTime(profile.expiresAt)), "clock"],
    ];
    const known = facts.filter(([, value]) => value !== "");
    return known.map(([label, value, icon, place]) => row(label, value, icon, place));
  }
}

function groupNode(group: Group): GroupNode {
  const profiles = group.profiles.map((profile) => ({ type: "profile", profile }) as const);
  const accounts = group.accounts.map((account) => ({ type: "account", account }) as const);
  return { type: "group", group, children: [...profiles, ...accounts] };
}

function row(label: string, value: string, icon: string, place?: Place, colour?: vscode.ThemeColor): RowNode {
  return { type: "row", label, value, icon: new vscode.ThemeIcon(icon, colour), place };
}

function groupItem({ group, children }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(group.label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group:${group.id}`;
  item.description = String(children.length);
  item.contextValue = `group.${group.id}`;
  item.accessibilityInformation = { label: `${group.label}, ${children.length}` };
  return item;
}

function profileItem(profile: Profile, isActive: boolean): vscode.TreeItem {
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

function severityColour(severity: string): vscode.ThemeColor | undefined {
  const colours: Record<string, string> = { error: "list.errorForeground", warning: "list.warningForeground" };
  const colour = colours[severity];
  return colour === undefined ? undefined : new vscode.ThemeColor(colour);
}

function accountItem(account: Account): vscode.TreeItem {
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

function rowItem(node: RowNode): vscode.TreeItem {
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
