// Keeps tree, status bar and buttons in step with the server and the clock.
import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { App } from "./app.ts";
import { everyMinute } from "./clock.ts";
import type { Profiles } from "./profiles.ts";
import type { StatusBar } from "./statusBar.ts";

export function keepViews({ active, profiles, server, tree }: App, statusBar: StatusBar): vscode.Disposable {
  const show = (): void => {
    tree.update();
    statusBar.update();
    setContexts(profiles);
  };
  const tick = (): void => {
    tree.tick();
    statusBar.update();
  };
  return vscode.Disposable.from(
    profiles.onChange(show),
    // The new one may be among those that are not here.
    active.onChange(() => profiles.refresh().then(show)),
    everyMinute(profiles, tick),
    server.onState(async (state) => {
      await (state === "ready" ? profiles.refresh() : profiles.clear());
      setContext("ready", state === "ready");
      setContext("failed", state !== "ready");
    }),
  );
}

/** What the server tells of its own accord. */
export function followServer(client: LanguageClient, { active, profiles }: App, statusBar: StatusBar): void {
  client.onNotification("rolecall/profilesChanged", () => profiles.refresh());
  client.onNotification("rolecall/tokenChanged", async ({ profiles: names }: { profiles: string[] }) => {
    await profiles.refresh();
    if (active.name !== undefined && names.includes(active.name)) {
      statusBar.flash();
    }
  });
}

function setContexts({ query, snapshot }: Profiles): void {
  const files = snapshot?.files;
  setContext("noFiles", files !== undefined && !files.config.exists && !files.credentials.exists);
  setContext("noProfiles", query === "" && snapshot?.groups.length === 0);
  setContext("filtered", query !== "");
}

function setContext(name: string, value: boolean): void {
  void vscode.commands.executeCommand("setContext", `rolecall.${name}`, value);
}
