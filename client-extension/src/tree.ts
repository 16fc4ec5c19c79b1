// The side bar: profiles by group, each of which unfolds into its keys and what follows from them.
import * as vscode from "vscode";
import type { ActiveProfile } from "./activeProfile.ts";
import { filterMessage, PART } from "./groups.ts";
import { join, problemCount, roleName } from "./labels.ts";
import type { Profiles } from "./profiles.ts";
import type { Account, Group, Place, Profile } from "./protocol.ts";
import { absoluteTime, timeLeft } from "./time.ts";
import { accountTooltip, profileTooltip, SEVERITY_ICONS } from "./tooltip.ts";
import { accountItem, groupItem, partItem, profileItem, row, rowItem, severityColour } from "./treeItems.ts";
import type { RowNode } from "./treeItems.ts";

interface GroupNode {
  readonly type: "group";
  readonly group: Group;
}

/** A part of a group that is too long to be shown at once. */
interface PartNode {
  readonly type: "part";
  readonly group: Group;
  readonly number: number;
  readonly parent: GroupNode;
}

interface ProfileNode {
  readonly type: "profile";
  readonly profile: Profile;
  readonly parent: GroupNode | PartNode;
}

interface AccountNode {
  readonly type: "account";
  readonly account: Account;
  readonly parent: GroupNode | PartNode;
}

type Node = GroupNode | PartNode | ProfileNode | AccountNode | RowNode;

export class ProfileTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #profiles: Profiles;
  readonly #active: ActiveProfile;
  readonly #view: vscode.TreeView<Node>;
  readonly #changes = new vscode.EventEmitter<Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changes.event;
  #roots: readonly GroupNode[] = [];
  /** The rows of profiles that are there, by their names. */
  readonly #rowsOf = new Map<string, ProfileNode>();

  constructor(profiles: Profiles, active: ActiveProfile) {
    this.#profiles = profiles;
    this.#active = active;
    this.#view = vscode.window.createTreeView("rolecall.profiles", { treeDataProvider: this, showCollapseAll: false });
  }

  /** Shows what the server last said. */
  update(): void {
    const snapshot = this.#profiles.snapshot;
    this.#roots = (snapshot?.groups ?? []).map((group) => ({ type: "group", group }));
    this.#rowsOf.clear();
    const count = snapshot?.problems ?? 0;
    this.#view.message = filterMessage(this.#profiles.query, snapshot?.total ?? 0, snapshot?.all ?? 0);
    this.#view.badge = { value: count, tooltip: problemCount(count) ?? "" };
    this.#changes.fire(undefined);
  }

  /** Shows the same profiles with the times of now. */
  tick(): void {
    const expiring = [...this.#rowsOf.values()].filter(({ profile }) => profile.expiresAt !== null);
    if (expiring.length > 0 && this.#view.visible) {
      this.#changes.fire(expiring);
    }
  }

  async reveal(name: string): Promise<void> {
    await this.#profiles.filter("");
    const place = await this.#profiles.placeOf(name);
    const group = this.#roots.find((root) => root.group.id === place?.id);
    if (place === undefined || group === undefined) {
      return;
    }
    const parts = partsOf(group);
    await this.#members(parts[Math.floor(place.offset / PART)] ?? group);
    const node = this.#rowsOf.get(name);
    if (node !== undefined) {
      await this.#view.reveal(node, { select: true, focus: true, expand: true });
    }
  }

  getChildren(node?: Node): vscode.ProviderResult<Node[]> {
    switch (node?.type) {
      case undefined:
        return [...this.#roots];
      case "group": {
        const parts = partsOf(node);
        return parts.length > 0 ? parts : this.#members(node);
      }
      case "part":
        return this.#members(node);
      case "profile":
        return this.#rows(node.profile);
      default:
        return [];
    }
  }

  /** Only profiles are ever revealed, and what they stand in. */
  getParent(node: Node): Node | undefined {
    return "parent" in node ? node.parent : undefined;
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.type) {
      case "group":
        return groupItem(node.group);
      case "part":
        return partItem(node.group, node.number, PART);
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

  /** What stands in a group or a part of one, which is asked for when it is unfolded. */
  async #members(parent: GroupNode | PartNode): Promise<Node[]> {
    const offset = parent.type === "part" ? parent.number * PART : 0;
    const members = await this.#profiles.members(parent.group, offset);
    return members.map((member) => {
      if (!("kind" in member)) {
        return { type: "account", account: member, parent };
      }
      const known = this.#rowsOf.get(member.name);
      const node: ProfileNode = known?.profile === member ? known : { type: "profile", profile: member, parent };
      this.#rowsOf.set(member.name, node);
      return node;
    });
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

/** The parts of a long group; none where it is shown at once. */
function partsOf(parent: GroupNode): PartNode[] {
  const { parts } = parent.group;
  return parts.length < 2 ? [] : parts.map((_, number) => ({ type: "part", group: parent.group, number, parent }));
}
