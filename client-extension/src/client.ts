// The connection to the language server, and its life.
import { createInterface } from "node:readline";
import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import type { LanguageClientOptions, Middleware } from "vscode-languageclient/node";
import { redacting } from "./channel.ts";
import { serverCommand } from "./launch.ts";
import { ABILITIES } from "./protocol.ts";
import { findPython } from "./python.ts";

/** What the rest of the client adds to each new connection. */
export interface Wiring {
  readonly executeCommand: Required<Middleware>["executeCommand"];
  activeProfile(): string | undefined;
  connect(client: LanguageClient): void;
}

export class Server implements vscode.Disposable {
  readonly channel: vscode.LogOutputChannel;
  readonly #context: vscode.ExtensionContext;
  readonly #states = new vscode.EventEmitter<"ready" | "stopped" | "failed">();
  readonly onState = this.#states.event;
  #client: LanguageClient | undefined;
  #wiring: Wiring | undefined;
  #running: Promise<void> = Promise.resolve();
  #queued: Promise<void> | undefined;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.channel = redacting(vscode.window.createOutputChannel("Rolecall", { log: true }));
  }

  /** Starts with this wiring, which later restarts keep. */
  start(wiring: Wiring): Promise<void> {
    this.#wiring = wiring;
    return this.restart();
  }

  /** Restarts never overlap; of those asked for while one is under way, one follows. */
  restart(): Promise<void> {
    this.#queued ??= this.#running.then(() => {
      this.#queued = undefined;
      this.#running = this.#cycle();
      return this.#running;
    });
    return this.#queued;
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    if (client !== undefined) {
      // A server that is already gone cannot be stopped, which is what is wanted.
      await client.dispose().catch((error: unknown) => this.channel.warn(String(error)));
    }
  }

  /** The answer, or undefined while no server is running. */
  async request<T>(method: string, params: object): Promise<T | undefined> {
    return this.#client?.state === State.Running ? this.#client.sendRequest<T>(method, params) : undefined;
  }

  async notify(method: string, params: object): Promise<void> {
    if (this.#client?.state === State.Running) {
      await this.#client.sendNotification(method, params);
    }
  }

  dispose(): void {
    this.#states.dispose();
    this.channel.dispose();
  }

  /** Stops what runs and starts anew. Never rejects: a start that failed is told by the state and the log. */
  async #cycle(): Promise<void> {
    await this.stop();
    const python = await findPython(this.#context.extensionPath);
    if (python === undefined || this.#wiring === undefined) {
      this.#states.fire("failed");
      return;
    }
    const wiring = this.#wiring;
    const command = serverCommand(this.#context, python);
    this.channel.info(`Starting ${[command.command, ...(command.args ?? [])].join(" ")}`);
    const client = new LanguageClient("rolecall", "Rolecall", command, this.#options(wiring));
    this.#client = client;
    wiring.connect(client);
    client.onDidChangeState(({ newState }) => {
      if (client === this.#client && newState !== State.Starting) {
        this.#states.fire(newState === State.Running ? "ready" : newState === State.Stopped ? "stopped" : "failed");
      }
    });
    await client.start().catch((error: unknown) => this.channel.error(String(error)));
  }

  #options(wiring: Wiring): LanguageClientOptions {
    return {
      documentSelector: [
        { scheme: "file", language: "aws-config" },
        { scheme: "file", pattern: "**/.aws-accounts.json" },
        { scheme: "file", pattern: "**/rolecall/accounts.json" },
        { scheme: "file", pattern: "**/rolecall.toml" },
      ],
      outputChannel: this.channel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      // The server logs to its standard error, which is no error by itself.
      stdioOptions: { stdout: pipeLines, stderr: pipeLines },
      synchronize: { configurationSection: "rolecall" },
      initializationOptions: () => ({
        settings: { ...vscode.workspace.getConfiguration("rolecall") },
        activeProfile: wiring.activeProfile() ?? null,
        can: ABILITIES,
      }),
      middleware: { executeCommand: wiring.executeCommand },
    };
  }
}

function pipeLines(input: NodeJS.ReadableStream, channel: vscode.LogOutputChannel): void {
  createInterface({ input }).on("line", (line) => channel.info(line));
}
