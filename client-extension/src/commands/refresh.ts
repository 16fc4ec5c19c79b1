import type { App } from "../app.ts";

/** Asks the server for the profiles again. */
export async function refresh({ profiles }: App): Promise<void> {
  await profiles.refresh();
}
