// The active profile and the time that its session has left.
import * as vscode from "vscode";
import type { ActiveProfile } from "./activeProfile.ts";
import { isProduction, join, kindLabel, roleName } from "./labels.ts";
import type { Profiles } from "./profiles.ts";
import type { Account, Profile } from "./protocol.ts";
import { absoluteTime, timeLeft } from "./time.ts";

const FLASH_MILLISECONDS = 3000;

export class StatusBar implements vscode.Disposable {
  readonly #profiles: Profiles;
  readonly #active: ActiveProfile;
  readonly #item = vscode.window.createStatusBarItem("rolecall.active", vscode.StatusBarAlignment.Left, -10);
  #flash: NodeJS.Timeout | undefined;

  constructor(profiles: Profiles, active: ActiveProfile) {
    this.#profiles = profiles;
    this.#active = active;
    this.#item.name = "AWS profile";
    this.#item.command = "rolecall.pickProfile";
  }

  update(): void {
    const name = this.#active.name;
    const profile = this.#profiles.find(name);
    const account = this.#profiles.accountOf(profile);
    const left = timeLeft(profile?.expiresAt ?? null, Date.now());
    const isMissing = name !== undefined && profile === undefined;
    const icon = this.#flash !== undefined ? "check" : isMissing ? "warning" : "account";
    this.#item.text = `$(${icon}) ${name === undefined ? "No AWS profile" : join(name, left)}`;
    this.#item.tooltip = tooltip(name, profile, account);
    this.#item.backgroundColor = isProduction(account)
      ? new vscode.ThemeColor("statusBarItem.errorBackground")
      : undefined;
    const spoken = join("AWS profile", name ?? "none", left, account?.environment ?? undefined);
    this.#item.accessibilityInformation = { label: spoken };
    if ((this.#profiles.snapshot?.all ?? 0) > 0) {
      this.#item.show();
    } else {
      this.#item.hide();
    }
  }

  /** Draws the eye to a session that has just become new. */
  flash(): void {
    clearTimeout(this.#flash);
    this.#flash = setTimeout(() => {
      this.#flash = undefined;
      this.update();
    }, FLASH_MILLISECONDS);
    this.update();
  }

  dispose(): void {
    clearTimeout(this.#flash);
    this.#item.dispose();
  }
}

function tooltip(name: string | undefined, profile: Profile | undefined, account: Account | undefined): string {
  if (name === undefined) {
    return "New terminals keep their own AWS_PROFILE";
  }
  if (profile === undefined) {
    return `Profile "${name}" does not exist`;
  }
  const lines = [
    `${profile.name} · ${kindLabel(profile.kind)}`,
    join(profile.account ?? undefined, profile.accountId ?? undefined, account?.environment ?? undefined),
    join(roleName(profile.roleArn), profile.region ?? undefined),
    profile.expiresAt === null ? "" : `Expires ${absoluteTime(profile.expiresAt)}`,
    "New terminals use this profile",
  ];
  return lines.filter((line) => line !== "").join("\n");
}
