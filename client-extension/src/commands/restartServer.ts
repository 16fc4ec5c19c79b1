import type { App } from "../app.ts";

export async function restartServer({ server }: App): Promise<void> {
  await server.restart();
}
