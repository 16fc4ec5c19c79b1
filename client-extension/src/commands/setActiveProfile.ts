import type { App } from "../app.ts";
import { profileOf } from "../arguments.ts";
import { pickProfile } from "./pickProfile.ts";

/** Makes new terminals use a profile; `{profile: null}` leaves them alone again, nothing asks. */
export async function setActiveProfile(app: App, argument?: unknown): Promise<void> {
  const name = profileOf(argument);
  if (name !== undefined) {
    await app.active.set(name);
  } else if (argument !== null && typeof argument === "object" && "profile" in argument) {
    await app.active.set(undefined);
  } else {
    await pickProfile(app);
  }
}
