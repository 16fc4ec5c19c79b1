import type { App } from "../app.ts";

export function showOutput({ server }: App): void {
  server.channel.show(true);
}
