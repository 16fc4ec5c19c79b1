// How the side bar sorts profiles; the server has already said what each of them is.
import { isRole } from "./labels.ts";
import type { Account, Profile, Snapshot } from "./protocol.ts";

export type GroupId = "profiles" | "roles" | "sso" | "dangling" | "accounts";

export interface Group {
  readonly id: GroupId;
  readonly label: string;
  readonly profiles: readonly Profile[];
  readonly accounts: readonly Account[];
}

const LABELS: Record<GroupId, string> = {
  profiles: "Profiles",
  roles: "Assume-role profiles",
  sso: "SSO profiles",
  dangling: "Dangling configs",
  accounts: "Accounts",
};

export function groupOf(profile: Profile): GroupId {
  if (isRole(profile)) {
    return "roles";
  }
  if (profile.kind === "sso" || profile.kind === "login") {
    return "sso";
  }
  return profile.problems.includes("dangling-config") ? "dangling" : "profiles";
}

/** The groups that have something in them, in the order of the side bar; profiles in the order of the server. */
export function groups(snapshot: Snapshot): Group[] {
  return (Object.keys(LABELS) as GroupId[])
    .map((id) => ({
      id,
      label: LABELS[id],
      profiles: snapshot.profiles.filter((profile) => groupOf(profile) === id),
      accounts: id === "accounts" ? snapshot.accounts : [],
    }))
    .filter((group) => group.profiles.length + group.accounts.length > 0);
}

/** How many problems the badge of the view shows. Remarks about a profile that is all right do not count. */
export function countProblems(snapshot: Snapshot): number {
  const ofProfiles = snapshot.profiles.filter((profile) => profile.status !== "ok");
  return [...ofProfiles, ...snapshot.accounts].reduce((sum, { problems }) => sum + problems.length, 0);
}
