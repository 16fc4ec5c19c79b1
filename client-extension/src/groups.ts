// How the side bar shows the groups that the server sorts profiles into.
import type { Account, GroupId, Profile, Snapshot } from "./protocol.ts";

/** How many profiles or accounts are asked for at once. */
export const PART = 250;

export type Members = readonly (Profile | Account)[];

export const GROUP_LABELS: Record<GroupId, string> = {
  profiles: "Profiles",
  roles: "Assume-role profiles",
  sso: "SSO profiles",
  dangling: "Dangling configs",
  accounts: "Accounts",
};

/** Whether an answer has everything that fits. */
export function isComplete({ groups, profiles, total }: Snapshot): boolean {
  return total === profiles.length && groups.every(({ parts }) => parts.length === 1);
}

/** What is in a group, of an answer that has everything. */
export function membersOf({ accounts, groups, profiles }: Snapshot, id: GroupId): Members {
  const index = groups.findIndex((group) => group.id === id);
  const start = groups.slice(0, index).reduce((sum, { total }) => sum + total, 0);
  return id === "accounts" ? accounts : profiles.slice(start, start + (groups[index]?.total ?? 0));
}

/** What stands for a part of a long group: its first and its last name. */
export function partLabel(first: string, last: string): string {
  return first === last ? first : `${first} … ${last}`;
}

/** The line above a tree that shows only what fits; nothing above one that shows everything. */
export function filterMessage(query: string, total: number, all: number): string {
  if (query === "") {
    return "";
  }
  const found = total === 0 ? "No profile" : total === 1 ? "1 profile" : `${total.toLocaleString("en")} profiles`;
  return `${found} of ${all.toLocaleString("en")} with "${query}"`;
}
