// Finds the Python that runs the server.
import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { isSupported, OLDEST, parseVersion, versionLabel } from "./pythonVersion.ts";
import type { Version } from "./pythonVersion.ts";

/** How long another extension may take to say which Python it has; the server should not wait for it much longer. */
const PATIENCE_MILLISECONDS = 3000;

/** A program and the arguments that come before all others, as in `py -3`. */
export interface Python {
  readonly command: string;
  readonly args: readonly string[];
}

/** The setting's, else the first new enough of the Python extension's and PATH's. Tells the user if there is none. */
export async function findPython(cwd: string): Promise<Python | undefined> {
  const chosen = vscode.workspace.getConfiguration("rolecall").get<string>("python", "");
  const candidates = chosen === "" ? [...(await fromPythonExtension()), ...onPath()] : [{ command: chosen, args: [] }];
  const tooOld: string[] = [];
  for (const python of candidates) {
    const version = await askVersion(python, cwd);
    if (version !== undefined && isSupported(version)) {
      return python;
    }
    if (version !== undefined) {
      tooOld.push(`"${python.command}" is ${versionLabel(version)}`);
    }
  }
  void explain(chosen, tooOld);
  return undefined;
}

function onPath(): Python[] {
  const names: Python[] = ["python3", "python"].map((command) => ({ command, args: [] }));
  return process.platform === "win32" ? [...names, { command: "py", args: ["-3"] }] : names;
}

interface PythonEnvironments {
  getActiveEnvironmentPath(): unknown;
  resolveEnvironment(path: unknown): Promise<{ executable: { uri?: vscode.Uri } } | undefined>;
}

/** The interpreter picked in the Python extension. It may lie in the workspace, so that one must be trusted. */
async function fromPythonExtension(): Promise<Python[]> {
  const extension = vscode.extensions.getExtension<{ environments?: PythonEnvironments }>("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) {
    return [];
  }
  const ask = async (): Promise<string | undefined> => {
    const environments = (await extension.activate())?.environments;
    return (await environments?.resolveEnvironment(environments.getActiveEnvironmentPath()))?.executable.uri?.fsPath;
  };
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MILLISECONDS));
  // Another extension's fault must not keep this one from starting: PATH is next.
  const path = await Promise.race([ask().catch(() => undefined), late]);
  return path === undefined ? [] : [{ command: path, args: [] }];
}

/** Undefined when it cannot be run. The folder is the extension's, so that Windows finds no program in a workspace. */
function askVersion(python: Python, cwd: string): Promise<Version | undefined> {
  const script = "import sys; print('%d.%d' % sys.version_info[:2])";
  return new Promise((resolve) => {
    execFile(python.command, [...python.args, "-I", "-S", "-c", script], { cwd, timeout: 10_000 }, (error, stdout) =>
      resolve(error === null ? parseVersion(stdout) : undefined),
    );
  });
}

async function explain(chosen: string, tooOld: readonly string[]): Promise<void> {
  const needed = `Rolecall needs Python ${versionLabel(OLDEST)} or later`;
  const found =
    tooOld.length > 0 ? tooOld.join(", ") : chosen === "" ? "none was found" : `"${chosen}" could not be run`;
  const open = "Open setting";
  if ((await vscode.window.showErrorMessage(`${needed}: ${found}.`, open)) === open) {
    // The setting is the machine's: in a remote window those have a page of their own.
    const page = vscode.env.remoteName === undefined ? "openSettings" : "openRemoteSettings";
    await vscode.commands.executeCommand(`workbench.action.${page}`, { query: "rolecall.python" });
  }
}
