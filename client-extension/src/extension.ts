// Starts the client: the server knows the files, this side shows what it says.
import * as vscode from "vscode";
import { ActiveProfile } from "./activeProfile.ts";
import type { App } from "./app.ts";
import { completeArguments } from "./arguments.ts";
import { Server } from "./client.ts";
import { clearFilter } from "./commands/clearFilter.ts";
import { filterProfiles } from "./commands/filterProfiles.ts";
import { goToLine } from "./commands/goToLine.ts";
import { pickProfile } from "./commands/pickProfile.ts";
import { refresh } from "./commands/refresh.ts";
import { restartServer } from "./commands/restartServer.ts";
import { setActiveProfile } from "./commands/setActiveProfile.ts";
import { showOutput } from "./commands/showOutput.ts";
import { showProfile } from "./commands/showProfile.ts";
import { languageOfFiles } from "./language.ts";
import { showMessages } from "./messages.ts";
import { Profiles } from "./profiles.ts";
import { answerPrompts } from "./prompts.ts";
import { StatusBar } from "./statusBar.ts";
import { openTerminals } from "./terminals.ts";
import { ProfileTree } from "./tree.ts";
import { followServer, keepViews } from "./views.ts";

const COMMANDS: Readonly<Record<string, (app: App, argument?: never) => unknown>> = {
  clearFilter, filterProfiles, goToLine, pickProfile, refresh, restartServer, setActiveProfile, showOutput, showProfile,
};

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  server = new Server(context);
  const active = new ActiveProfile(context);
  const profiles = new Profiles(server, () => active.names);
  const tree = new ProfileTree(profiles, active);
  const statusBar = new StatusBar(profiles, active);
  const app: App = { server, profiles, active, tree };
  context.subscriptions.push(
    server, profiles, active, tree, statusBar,
    ...Object.entries(COMMANDS).map(([name, run]) =>
      vscode.commands.registerCommand(`rolecall.${name}`, (argument?: never) => run(app, argument))),
    keepViews(app, statusBar),
    languageOfFiles(profiles),
    active.onChange((name) => app.server.notify("rolecall/activeProfile", { profile: name ?? null })),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("rolecall.python")) {
        void app.server.restart();
      }
    }),
  );
  await server.start({
    executeCommand: async (command, args, next) => {
      const complete = await completeArguments(profiles, active.name, command, args);
      return complete === undefined ? undefined : next(command, complete);
    },
    activeProfile: () => active.name,
    connect: (client) => {
      answerPrompts(client);
      showMessages(client);
      openTerminals(client, active);
      followServer(client, app, statusBar);
    },
  });
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
