// What must agree between the client's files, and what the client must not do.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MANIFEST = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const { contributes } = MANIFEST;
const SOURCES = new Map(
  globSync("src/**/*.ts", { cwd: ROOT }).map((path) => [path, readFileSync(join(ROOT, path), "utf8")]),
);

function version(text) {
  return /(\d+)\.(\d+)/.exec(text).slice(1).map(Number);
}

test("the client knows nothing of the language: the tree is the only thing it provides", () => {
  for (const [path, text] of SOURCES) {
    assert.doesNotMatch(text, /\bregister\w*Provider\b|createDiagnosticCollection/, path);
  }
});

test("only the redactor's channel is written to", () => {
  for (const [path, text] of SOURCES) {
    const count = text.split("createOutputChannel").length - 1;
    assert.equal(count, path === join("src", "client.ts") ? 1 : 0, path);
    assert.doesNotMatch(text, /\bconsole\./, path);
  }
  assert.match(SOURCES.get(join("src", "client.ts")), /redacting\(vscode\.window\.createOutputChannel/);
});

test("the client stays thin", () => {
  assert.ok(SOURCES.get(join("src", "extension.ts")).split("\n").length <= 80);
  for (const [path, text] of SOURCES) {
    assert.ok(text.split("\n").length <= 260, path);
  }
});

test("each command of the client is a file of its own, registered and in the manifest", () => {
  const registered = /COMMANDS: [^=]*=> unknown>> = \{([^}]*)\}/.exec(SOURCES.get(join("src", "extension.ts")))[1];
  const files = [...SOURCES.keys()].filter((path) => path.includes("commands")).map((path) => basename(path, ".ts"));
  assert.deepEqual(registered.split(",").map((name) => name.trim()).filter(Boolean).sort(), files.sort());
  const titled = contributes.commands.map(({ command }) => command);
  for (const name of files) {
    assert.ok(titled.includes(`rolecall.${name}`), name);
  }
});

test("every command that a menu, a welcome text or the sources name is in the manifest", () => {
  const titled = new Set(contributes.commands.map(({ command }) => command));
  const inMenus = Object.values(contributes.menus).flat().map(({ command }) => command);
  const inWelcome = contributes.viewsWelcome.flatMap(({ contents }) => [...contents.matchAll(/command:([\w.]+)/g)].map(([, name]) => name));
  const inSources = [...SOURCES.values()].flatMap((text) =>
    [...text.matchAll(/(?:executeCommand\(|\.?command(?::| =) |\[[A-Z]+, )"(rolecall\.\w+)"/g)].map(([, name]) => name));
  assert.notEqual(inMenus.length * inWelcome.length * inSources.length, 0);
  for (const name of [...inMenus, ...inWelcome, ...inSources]) {
    assert.ok(titled.has(name), name);
  }
});

test("settings that choose what runs or what is read are not a workspace's to choose", () => {
  const restricted = MANIFEST.capabilities.untrustedWorkspaces.restrictedConfigurations;
  assert.deepEqual([...restricted].sort(), ["rolecall.accountsFile", "rolecall.configFile", "rolecall.credentialsFile", "rolecall.python"]);
  assert.equal(contributes.configuration.properties["rolecall.python"].scope, "machine");
  for (const name of restricted) {
    assert.match(contributes.configuration.properties[name].scope, /^machine/);
  }
});

test("the editor that the manifest asks for has what the types and the language client need", () => {
  const needed = JSON.parse(readFileSync(join(ROOT, "node_modules/vscode-languageclient/package.json"), "utf8")).engines.vscode;
  const engine = version(MANIFEST.engines.vscode);
  assert.deepEqual(engine, version(MANIFEST.devDependencies["@types/vscode"]));
  assert.ok(engine[0] > version(needed)[0] || (engine[0] === version(needed)[0] && engine[1] >= version(needed)[1]));
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(readFileSync(join(ROOT, "package-lock.json"), "utf8"), /"resolved"/);
});
