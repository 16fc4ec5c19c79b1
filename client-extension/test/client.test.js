// The client in a real extension host, with the real server. The folder that is open is a home with `.aws/config`.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const MANIFEST = require("../package.json");
const DEADLINE_MILLISECONDS = 15_000;

const home = () => vscode.workspace.workspaceFolders[0].uri.fsPath;
const inHome = (name) => path.join(home(), name);

/** Looks again until `find` gives something, or says what was missing. */
async function until(find, what) {
  const end = Date.now() + DEADLINE_MILLISECONDS;
  for (;;) {
    const found = await find();
    if (found) {
      return found;
    }
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const commands = () => vscode.commands.getCommands(true);
const serverIsReady = () => until(async () => (await commands()).includes("rolecall.assumeRole"), "the server's commands");

/** What a new terminal has in AWS_PROFILE. Its shell writes it to a file. */
async function profileOfNewTerminal(name) {
  const out = inHome(`${name}.txt`);
  const terminal = vscode.window.createTerminal({ name, isTransient: true });
  try {
    terminal.sendText(`printf '%s' "[$AWS_PROFILE]" > '${out}.part' && mv '${out}.part' '${out}'`);
    await until(() => fs.existsSync(out), `the terminal ${name}`);
    return fs.readFileSync(out, "utf8");
  } finally {
    terminal.dispose();
  }
}

suite("the client", () => {
  suiteSetup(async () => {
    await vscode.extensions.getExtension("rolecall.rolecall").activate();
    await serverIsReady();
  });

  test("runs where the files are", () => {
    assert.equal(vscode.extensions.getExtension("rolecall.rolecall").extensionKind, vscode.ExtensionKind.Workspace);
  });

  test("stands behind every command of its manifest", async () => {
    const registered = await commands();
    const missing = MANIFEST.contributes.commands.map(({ command }) => command).filter((name) => !registered.includes(name));
    assert.deepEqual(missing, []);
  });

  test("gives its language to the config file", async () => {
    const document = await vscode.workspace.openTextDocument(inHome(".aws/config"));
    assert.equal(document.languageId, "aws-config");
  });

  test("does not take any other file that is called config", async () => {
    fs.writeFileSync(inHome("config"), "[core]\n");
    const document = await vscode.workspace.openTextDocument(inHome("config"));
    assert.notEqual(document.languageId, "aws-config");
  });

  test("goes to a line of a file", async () => {
    await vscode.commands.executeCommand("rolecall.goToLine", { path: inHome(".aws/config"), line: 2 });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor.document.uri.fsPath, inHome(".aws/config"));
    assert.equal(editor.selection.active.line, 1);
  });

  test("puts the active profile into new terminals, and takes it out again", async () => {
    const before = await profileOfNewTerminal("before");
    await vscode.commands.executeCommand("rolecall.setActiveProfile", { profile: "ops" });
    const active = await profileOfNewTerminal("active");
    await vscode.commands.executeCommand("rolecall.setActiveProfile", { profile: null });
    const after = await profileOfNewTerminal("after");
    assert.deepEqual([before, active, after], ["[]", "[ops]", "[]"]);
  });

  test("asks for a profile where a command is called without one, and does nothing without an answer", async () => {
    const { createQuickPick } = vscode.window;
    const titles = [];
    vscode.window.createQuickPick = () => {
      const picker = createQuickPick();
      const show = picker.show.bind(picker);
      picker.show = () => {
        titles.push(picker.title);
        show();
        picker.hide();
      };
      return picker;
    };
    try {
      for (const name of ["whoAmI", "copyExports", "writeSession", "showProfile"]) {
        await vscode.commands.executeCommand(`rolecall.${name}`);
      }
    } finally {
      vscode.window.createQuickPick = createQuickPick;
    }
    assert.deepEqual(titles, ["Who am I", "Copy as export lines", "Write session to a profile", "Show profile"]);
  });

  test("restarts its server, also when asked twice at once", async () => {
    await Promise.all([1, 2].map(() => vscode.commands.executeCommand("rolecall.restartServer")));
    await serverIsReady();
    await vscode.commands.executeCommand("rolecall.refresh");
  });
});
