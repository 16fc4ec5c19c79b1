// The command line of the server.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import type { Executable } from "vscode-languageclient/node";
import type { Python } from "./python.ts";

/**
 * The bundled server runs isolated from the user's Python: no user packages, no variables, no current folder on the
 * path. Without a bundle, as in development, the chosen Python has `rolecall` installed.
 */
export function serverCommand(context: ExtensionContext, python: Python): Executable {
  const launcher = join(context.extensionPath, "bundled", "launcher.py");
  const server = existsSync(launcher)
    ? ["-I", "-S", "-X", "utf8", launcher, "--storage", context.globalStorageUri.fsPath, "serve"]
    : ["-X", "utf8", "-m", "rolecall", "serve"];
  return {
    command: python.command,
    args: [...python.args, ...server],
    options: { cwd: context.extensionPath, env: withoutPython(process.env) },
  };
}

/** Variables such as PYTHONPATH or PYTHONSTARTUP would reach into the server. */
function withoutPython(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.toUpperCase().startsWith("PYTHON")));
}
