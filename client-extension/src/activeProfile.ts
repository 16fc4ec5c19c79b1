// The profile that new terminals use.
import * as vscode from "vscode";

const REMEMBERED = "rolecall.activeProfile";
const RECENT = "rolecall.recentProfiles";
const RECENT_LENGTH = 5;

/** Remembers only the name, per workspace; the editor is told not to keep the variable itself. */
export class ActiveProfile implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #changes = new vscode.EventEmitter<string | undefined>();
  readonly onChange = this.#changes.event;
  #holders = 0;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    context.environmentVariableCollection.persistent = false;
    this.#putIntoTerminals();
  }

  get name(): string | undefined {
    return this.#context.workspaceState.get<string>(REMEMBERED);
  }

  /** Names chosen lately, the last one first. */
  get recent(): readonly string[] {
    return this.#context.workspaceState.get<string[]>(RECENT, []);
  }

  /** The active one and those chosen lately, each once. */
  get names(): readonly string[] {
    return [...new Set([...(this.name === undefined ? [] : [this.name]), ...this.recent])];
  }

  /** Undefined leaves terminals as they are without Rolecall. */
  async set(name: string | undefined): Promise<void> {
    await this.#context.workspaceState.update(REMEMBERED, name);
    if (name !== undefined) {
      const recent = [name, ...this.recent.filter((other) => other !== name)].slice(0, RECENT_LENGTH);
      await this.#context.workspaceState.update(RECENT, recent);
    }
    this.#putIntoTerminals();
    this.#changes.fire(name);
  }

  /**
   * Keeps the variable away while something starts that brings a session of its own. The editor puts it over the
   * environment that a terminal asks for, and some SDKs ignore the keys of a session beside it.
   */
  async without(start: () => Promise<void>): Promise<void> {
    this.#holders += 1;
    this.#putIntoTerminals();
    try {
      await start();
    } finally {
      this.#holders -= 1;
      this.#putIntoTerminals();
    }
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #putIntoTerminals(): void {
    const variables = this.#context.environmentVariableCollection;
    const name = this.name;
    variables.clear();
    if (name !== undefined && this.#holders === 0) {
      variables.replace("AWS_PROFILE", name);
      variables.description = `New terminals use the AWS profile "${name}".`;
    }
  }
}
