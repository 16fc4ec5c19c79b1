// What the server last said about profiles and accounts.
import * as vscode from "vscode";
import type { Server } from "./client.ts";
import type { Account, Profile, ProfileDetail, Snapshot } from "./protocol.ts";

export class Profiles implements vscode.Disposable {
  readonly #server: Server;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onChange = this.#changes.event;
  readonly #details = new Map<string, Promise<ProfileDetail | undefined>>();
  #snapshot: Snapshot | undefined;
  #seen = "";
  #asking: Promise<void> | undefined;
  #askAgain = false;

  constructor(server: Server) {
    this.#server = server;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  find(name: string | undefined): Profile | undefined {
    return this.#snapshot?.profiles.find((profile) => profile.name === name);
  }

  accountOf(profile: Profile | undefined): Account | undefined {
    return profile?.account == null ? undefined : this.#snapshot?.accounts.find(({ name }) => name === profile.account);
  }

  /** Asks the server, once however often this is called meanwhile, and tells the views only what is new. */
  refresh(): Promise<void> {
    this.#askAgain = true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** The problems of a profile with their places; asked for when someone looks, and kept until something changes. */
  detail(name: string): Promise<ProfileDetail | undefined> {
    let detail = this.#details.get(name);
    if (detail === undefined) {
      detail = this.#server
        .request<ProfileDetail | null>("rolecall/profileDetail", { name })
        .then((answer) => answer ?? undefined)
        .catch(() => undefined); // The language client has logged it; the row works without.
      this.#details.set(name, detail);
    }
    return detail;
  }

  clear(): void {
    this.#accept(undefined, "");
  }

  dispose(): void {
    this.#changes.dispose();
  }

  async #ask(): Promise<void> {
    while (this.#askAgain) {
      this.#askAgain = false;
      // A request that failed is logged by the language client; what is shown stays as it was.
      const answer = await this.#server.request<Snapshot>("rolecall/profiles", {}).catch(() => undefined);
      // Messages and places can change where the profiles do not.
      this.#details.clear();
      const text = JSON.stringify(answer);
      if (answer !== undefined && text !== this.#seen) {
        this.#accept(answer, text);
      }
    }
  }

  #accept(snapshot: Snapshot | undefined, text: string): void {
    this.#snapshot = snapshot;
    this.#seen = text;
    this.#details.clear();
    this.#changes.fire();
  }
}
