// What the server last said about profiles and accounts. Of thousands of them it says a part at a time.
import * as vscode from "vscode";
import type { Server } from "./client.ts";
import { isComplete, membersOf, PART } from "./groups.ts";
import type { Members } from "./groups.ts";
import type { Account, Group, GroupId, Profile, ProfileDetail, Snapshot } from "./protocol.ts";


export class Profiles implements vscode.Disposable {
  readonly #server: Server;
  /** The profiles that are shown by name wherever they stand. */
  readonly #named: () => readonly string[];
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onChange = this.#changes.event;
  readonly #details = new Map<string, Promise<ProfileDetail | undefined>>();
  readonly #parts = new Map<string, Snapshot>();
  #snapshot: Snapshot | undefined;
  #seen = "";
  #query = "";
  #asking: Promise<void> | undefined;
  #askAgain = false;

  constructor(server: Server, named: () => readonly string[]) {
    this.#server = server;
    this.#named = named;
  }

  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** The words that what is shown has in it. */
  get query(): string {
    return this.#query;
  }

  /** All profiles that are here, which need not be all that there are. */
  get known(): readonly Profile[] {
    return this.#answers().flatMap(({ profiles, named }) => [...named, ...profiles]);
  }

  find(name: string | undefined): Profile | undefined {
    return name === undefined ? undefined : this.known.find((profile) => profile.name === name);
  }

  accountOf(profile: Profile | undefined): Account | undefined {
    const accounts = profile?.account == null ? [] : this.#answers().flatMap((answer) => answer.accounts);
    return accounts.find(({ name }) => name === profile?.account);
  }

  /** Shows only what has these words in it; everything for none. */
  filter(query: string): Promise<void> {
    this.#query = query.trim();
    return this.refresh();
  }

  /** Asks the server, once however often this is called meanwhile, and tells the views only what is new. */
  refresh(): Promise<void> {
    this.#askAgain = true;
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return this.#asking;
  }

  /** What stands in a group, from one of its members on. */
  async members({ id }: Group, offset: number): Promise<Members> {
    const snapshot = this.#snapshot;
    if (snapshot !== undefined && isComplete(snapshot)) {
      return membersOf(snapshot, id);
    }
    const key = `${id} ${offset}`;
    const part = this.#parts.get(key) ?? (await this.#request({ group: id, offset }));
    if (part !== undefined && snapshot === this.#snapshot) {
      this.#parts.set(key, part);
    }
    return (id === "accounts" ? part?.accounts : part?.profiles) ?? [];
  }

  /** The group that a profile is in, and where the part of it begins that holds the profile. */
  async placeOf(name: string): Promise<{ readonly id: GroupId; readonly offset: number } | undefined> {
    const part = await this.#request({ around: name });
    return part === undefined || part.group === null ? undefined : { id: part.group, offset: part.offset };
  }

  /** The first profiles that have some words in them. */
  async search(query: string, group?: GroupId): Promise<readonly Profile[]> {
    const answer = await this.#request(group === undefined ? { query } : { query, group });
    return answer?.profiles ?? [];
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

  #answers(): readonly Snapshot[] {
    return [...(this.#snapshot === undefined ? [] : [this.#snapshot]), ...this.#parts.values()];
  }

  async #ask(): Promise<void> {
    while (this.#askAgain) {
      this.#askAgain = false;
      const answer = await this.#request({ named: this.#named() });
      // Messages and places can change where the profiles do not.
      this.#details.clear();
      // What is shown of a long list is asked for again by those who show it.
      const text = JSON.stringify([this.#query, answer]);
      if (answer !== undefined && (text !== this.#seen || this.#parts.size > 0)) {
        this.#accept(answer, text);
      }
    }
  }

  /** A request that failed is logged by the language client; what is shown stays as it was. */
  #request(params: object): Promise<Snapshot | undefined> {
    const all = { limit: PART, query: this.#query, ...params };
    return this.#server.request<Snapshot>("rolecall/profiles", all).catch(() => undefined);
  }

  #accept(snapshot: Snapshot | undefined, text: string): void {
    this.#snapshot = snapshot;
    this.#seen = text;
    this.#details.clear();
    this.#parts.clear();
    this.#changes.fire();
  }
}
