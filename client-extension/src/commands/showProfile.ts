import type { App } from "../app.ts";
import { profileOf } from "../arguments.ts";
import { chooseProfile } from "../prompts.ts";

/** Selects a profile in the side bar and unfolds it. */
export async function showProfile({ active, profiles, tree }: App, argument?: unknown): Promise<void> {
  const name =
    profileOf(argument) ?? (await chooseProfile("Show profile", profiles, active.name));
  if (name !== undefined) {
    await tree.reveal(name);
  }
}
