// The words that tree, status bar and pickers share.
import type { Account, Kind, Profile } from "./protocol.ts";
import { timeLeft } from "./time.ts";

const KINDS: Record<Kind, string> = {
  "static": "access key",
  "session": "temporary session",
  "assume-role": "assume role",
  "web-identity": "web identity role",
  "sso": "SSO",
  "login": "console sign-in",
  "process": "credential process",
  "environment": "environment",
  "none": "no credentials",
};

export function kindLabel(kind: Kind): string {
  return KINDS[kind] ?? kind;
}

/** Whether using the profile means assuming a role. */
export function isRole(profile: Profile): boolean {
  return profile.kind === "assume-role" || profile.kind === "web-identity";
}

/** "1111…2222": enough of an account id to recognise it. */
export function shortId(accountId: string): string {
  return accountId.length > 8 ? `${accountId.slice(0, 4)}…${accountId.slice(-4)}` : accountId;
}

/** The name of the role without its path. */
export function roleName(roleArn: string | null): string | undefined {
  return roleArn?.split("/").at(-1) || undefined;
}

/** The grey text beside a profile: time left, role and account, where known. What must not be cut off stands first. */
export function describe(profile: Profile, now: number): string {
  return join(timeLeft(profile.expiresAt, now), roleName(profile.roleArn), accountLabel(profile));
}

function accountLabel(profile: Profile): string | undefined {
  if (profile.problems.includes("unmatched-profile")) {
    return "no account";
  }
  const id = profile.accountId === null ? undefined : shortId(profile.accountId);
  if (profile.account === null) {
    return id;
  }
  // A role's own name already takes room, so the id gives way to it.
  return profile.roleArn === null ? join(profile.account, id) : profile.account;
}

export function describeAccount(account: Account): string {
  const id = account.accountId === null ? undefined : shortId(account.accountId);
  return join(account.environment ?? undefined, account.endpointUrl === null ? undefined : "local", id);
}

export function isProduction(account: Account | undefined): boolean {
  return account?.environment?.toLowerCase() === "production";
}

/** "2 problems", or undefined when there are none. */
export function problemCount(count: number): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? "problem" : "problems"}`;
}

export function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}
