// Commands are called by code lenses with an argument, by the tree with a row, and by the palette with nothing.
import type { Profiles } from "./profiles.ts";
import { choose, chooseProfile } from "./prompts.ts";
import { describeAccount } from "./labels.ts";

/** Titles of the picker for commands of the server that are about one profile. */
const PROFILE_COMMANDS: Readonly<Record<string, string>> = {
  "rolecall.assumeRole": "Assume role",
  "rolecall.openTerminal": "Open terminal",
  "rolecall.whoAmI": "Who am I",
  "rolecall.copyExports": "Copy as export lines",
  "rolecall.writeSession": "Write session to a profile",
  "rolecall.createAccount": "Create account from a profile",
};

/** Commands of the server that may be told the profile that they are about, and find it out otherwise. */
const TELLABLE: ReadonlySet<string> = new Set(["rolecall.paste", "rolecall.importKeys"]);

/** The arguments that the server expects, or undefined when the user picked nothing. */
export async function completeArguments(
  profiles: Profiles, active: string | undefined, command: string, args: unknown[],
): Promise<unknown[] | undefined> {
  const title = PROFILE_COMMANDS[command];
  if (title !== undefined) {
    return wrap("profile", profileOf(args[0]) ?? (await askProfile(profiles, active, command, title)), args[0]);
  }
  if (command === "rolecall.editAccount") {
    return wrap("name", accountOf(args[0]) ?? (await askAccount(profiles)), args[0]);
  }
  const told = TELLABLE.has(command) ? wrap("profile", profileOf(args[0]), args[0]) : undefined;
  if (told !== undefined) {
    return told;
  }
  // The server takes one object always; menus and buttons bring none.
  return [args[0] ?? {}];
}

/** The name of the profile that an argument or a row of the tree is about. */
export function profileOf(argument: unknown): string | undefined {
  return nameIn(argument, "profile");
}

/** Of a row of an account, or of a profile that belongs to one. */
function accountOf(argument: unknown): string | undefined {
  return nameIn(argument, "account") ?? nameIn({ own: argument }, "own") ?? nameIn(memberOf(argument, "profile"), "account");
}

function nameIn(argument: unknown, member: string): string | undefined {
  const found = memberOf(argument, member);
  const name = memberOf(found, "name") ?? found;
  return typeof name === "string" ? name : undefined;
}

function memberOf(value: unknown, member: string): unknown {
  return value !== null && typeof value === "object" ? Reflect.get(value, member) : undefined;
}

function wrap(member: string, name: string | undefined, given: unknown): unknown[] | undefined {
  if (name === undefined) {
    return undefined;
  }
  const isArgument = given !== null && typeof given === "object" && Reflect.get(given, member) === name;
  return isArgument ? [given] : [{ [member]: name }];
}

function askProfile(
  profiles: Profiles, active: string | undefined, command: string, title: string,
): Promise<string | undefined> {
  return chooseProfile(title, profiles, active, command === "rolecall.assumeRole" ? "roles" : undefined);
}

function askAccount(profiles: Profiles): Promise<string | undefined> {
  const accounts = profiles.snapshot?.accounts ?? [];
  const items = accounts.map((account) => ({ label: account.name, description: describeAccount(account) }));
  return choose("Edit account", "Account", items);
}
