import type { App } from "../app.ts";

/** Shows every profile in the side bar again. */
export async function clearFilter({ profiles }: App): Promise<void> {
  await profiles.filter("");
}
