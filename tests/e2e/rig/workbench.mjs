// What a person does in the workbench, by the selectors that stay the same between releases of VS Code.
// Paths are inside of the throw-away home (".aws/config"), or whole. Nouns give a Playwright locator and wait for nothing;
// verbs act, and come back when the effect shows.
import { isAbsolute, join } from 'node:path';
import { THEMES } from './settings.mjs';
import { until } from './waiting.mjs';

export function workbenchOf({ page, home, run, output }) {
  const inHome = (path) => (isAbsolute(path) ? path : join(home, path));

  // Editors
  const editor = (path) => page.locator(`.monaco-editor[data-uri$="${isAbsolute(path) ? path : `/${path}`}"]`);
  const squiggles = (path, severity = 'error') => editor(path).locator(`.squiggly-${severity}`);
  const codeLens = (path, text) => editor(path).locator('.codelens-decoration a', { hasText: text });
  /** In the margin, or on a blank line next to the caret's. */
  const bulb = (path) => editor(path).locator('[class*="codicon-gutter-lightbulb"]:visible, .lightBulbWidget:visible');
  const menuEntry = (text) => page.locator('.action-widget .monaco-list-row', { hasText: text });
  const suggestion = (text) => page.locator('.suggest-widget.visible .monaco-list-row', { hasText: text });
  const hover = (text) => page.locator('.monaco-hover:not(.hidden) .hover-contents', { hasText: text });

  // Around the editors
  const problem = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text });
  const treeRow = (text) => page.locator('.sidebar [role=treeitem]', { hasText: text });
  /** The row of a profile, an account or a fact: what it says starts with its whole name. */
  const namedRow = (name) => page.locator(`.sidebar [role=treeitem][aria-label^="${name},"]`);
  const rowButton = (row, label) => row.locator(`a[aria-label="${label}"]`);
  const viewButton = (label) => page.locator(`.sidebar a[aria-label="${label}"]`);
  const welcomeButton = (text) => page.locator('.sidebar .welcome-view .monaco-button', { hasText: text });
  /** `id` is the extension's own, and then the one that it gave its item. */
  const statusItem = (id) => page.locator(`#${id.replaceAll('.', '\\.')}`);
  const toast = (text) => page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  const toastButton = (text, button) => toast(text).locator('.monaco-button', { hasText: button });
  const input = () => page.locator('.quick-input-widget:visible input.input');
  const inputTitle = () => page.locator('.quick-input-widget:visible .quick-input-title');
  const inputMessage = (text) => page.locator('.quick-input-widget:visible .quick-input-message', { hasText: text });
  const pick = (text) => page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: text });

  const labels = (locator) => locator.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));

  /** Opens a file (a path in the home, or a whole one), with the caret at a line and column counted from 1. */
  async function open(path, { line = 1, column = 1 } = {}) {
    await run(async (vscode, whole, ...place) => {
      const position = new vscode.Position(...place);
      const document = await vscode.workspace.openTextDocument(whole);
      await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
    }, inHome(path), line - 1, column - 1);
    await editor(path).waitFor();
    // What is typed next must not go to whatever had the focus before.
    await until(async () => {
      const focused = await editor(path).first().evaluate((element) => element.contains(document.activeElement));
      if (!focused) await execute('workbench.action.focusActiveEditorGroup');
      return focused;
    }, `the focus in ${path}`);
    return editor(path);
  }

  /** The text as the editor has it, saved or not. */
  const textOf = (path) => run(async (vscode, whole) => (await vscode.workspace.openTextDocument(whole)).getText(), inHome(path));

  /** Where the caret is in the active editor, once there is one. */
  const caret = () => until(() => run((vscode) => {
    const editor = vscode.window.activeTextEditor;
    const active = editor?.selection.active;
    return editor ? { path: editor.document.uri.fsPath, line: active.line + 1, column: active.character + 1 } : null;
  }), 'an active editor');

  /** Puts the caret where `text` first stands in the editor of `path`, and the focus with it. */
  async function goTo(path, text) {
    const document = await textOf(path);
    const offset = document.indexOf(text);
    if (offset < 0) throw new Error(`${path} does not contain ${text}`);
    const before = document.slice(0, offset).split(/\r\n|\r|\n/);
    return open(path, { line: before.length, column: before.at(-1).length + 1 });
  }

  /** Points at `text`, which must be on a visible line: lines outside of the view do not exist. */
  async function hoverOver(path, text) {
    const find = () => editor(path).locator('.view-lines').evaluate(middleOfText, text);
    // A code lens that arrives late moves the lines, so the place must still be the same once the pointer is there.
    await until(async () => {
      const spot = await find();
      if (!spot) return false;
      await page.mouse.move(spot.x, spot.y);
      const shown = await hover('').first().waitFor({ timeout: 1000 }).then(() => true, () => false);
      const now = await find();
      if (shown && now && now.x === spot.x && now.y === spot.y) return true;
      await page.mouse.move(0, 0);
      return false;
    }, `a hover over "${text}" in ${path}`);
  }

  /** `entry` is what the menu must have: until the editor has its answer, the bulb of the line before stays where it was. */
  async function quickFixByBulb(path, text, entry) {
    await goTo(path, text);
    await until(async () => {
      // A click of Playwright's would scroll the editor first.
      const box = await bulb(path).first().boundingBox({ timeout: 1000 }).catch(() => null);
      if (!box) return false;
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      const open = await menuEntry('').first().waitFor({ timeout: 1000 }).then(() => true, () => false);
      if (!open) return false;
      if (await menuEntry(entry).count()) return true;
      await page.keyboard.press('Escape');
      await menuEntry('').first().waitFor({ state: 'detached' });
      return false;
    }, `"${entry}" behind the light bulb`);
  }

  async function quickFixByKeyboard(path, text) {
    await goTo(path, text);
    await until(async () => {
      await page.keyboard.press('Control+.');
      return menuEntry('').first().waitFor({ timeout: 1000 }).then(() => true, () => false);
    }, 'the menu of quick fixes');
  }

  const type = (text) => page.keyboard.type(text);

  /** Writes at the end of a file that is open, as one edit: whether a list of suggestions takes an Enter must not matter. */
  const append = (path, text) => run(async (vscode, whole, added) => {
    const document = await vscode.workspace.openTextDocument(whole);
    const shown = await vscode.window.showTextDocument(document);
    const end = document.lineAt(document.lineCount - 1).range.end;
    await shown.edit((edit) => edit.insert(end, added));
    shown.selection = new vscode.Selection(shown.document.lineAt(document.lineCount - 1).range.end, document.lineAt(document.lineCount - 1).range.end);
    shown.revealRange(shown.selection);
  }, inHome(path), text);

  async function save() {
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').waitFor({ state: 'detached' });
  }

  async function showProblems() {
    await execute('workbench.actions.view.problems');
    await page.locator('.markers-panel').waitFor();
  }

  /** The problems that the extension host knows of a file: [{code, message, severity (0 error .. 3 hint), line (from 1), source}]. */
  const problemsOf = (path) => run((vscode, whole) => vscode.languages.getDiagnostics(vscode.Uri.file(whole)).map(
    ({ code, message, severity, range, source }) => ({ code: code?.value ?? code, message, severity, line: range.start.line + 1, source }),
  ), inHome(path));

  /** Opens a view container of the activity bar by its title. */
  async function showContainer(title) {
    const action = page.locator(`.activitybar .action-item:has(a[aria-label^="${title}"])`);
    const heading = page.locator('.sidebar .composite.title', { hasText: new RegExp(title, 'i') });
    // A click is lost while the workbench is still busy with showing another one.
    await until(async () => {
      if (!(await action.getAttribute('class')).includes('checked')) await action.click();
      return heading.waitFor({ timeout: 1000 }).then(() => true, () => false);
    }, `the side bar with ${title}`);
  }

  async function unfold(row) {
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await row.and(page.locator('[aria-expanded=true]')).waitFor();
  }

  /** Buttons of a row exist only under the pointer. */
  async function clickRowButton(row, label) {
    await row.hover();
    await rowButton(row, label).click();
  }

  /** The entries of a row's context menu, which stays open. */
  async function contextMenu(row) {
    await row.click({ button: 'right' });
    const menu = page.locator('.context-view .monaco-menu');
    await menu.waitFor();
    return (await menu.locator('.action-label').allInnerTexts()).map((entry) => entry.trim()).filter(Boolean);
  }

  async function clickContextMenu(row, entry) {
    await contextMenu(row);
    const label = page.locator('.context-view .monaco-menu .action-label', { hasText: entry });
    // A menu that has just opened takes no click yet.
    await until(async () => {
      await label.click();
      return label.waitFor({ state: 'detached', timeout: 250 }).then(() => true, () => false);
    }, `"${entry}" in the context menu`);
  }

  async function execute(command, ...args) {
    return run(async (vscode, id, given) => { await vscode.commands.executeCommand(id, ...given); }, command, args);
  }

  async function runByPalette(title) {
    await page.keyboard.press('F1');
    await input().fill(`>${title}`);
    await pick(title).first().click();
  }

  async function answer(text) {
    await input().fill(text);
    await page.keyboard.press('Enter');
  }

  async function dismissToasts() {
    await execute('notifications.clearAll');
    await page.locator('.notifications-toasts .notification-list-item').first().waitFor({ state: 'detached' });
  }

  /** What a shell command prints in the terminal that is active now, standard error included. */
  async function inTerminal(command) {
    const path = join(home, '.rolecall-terminal-output');
    return run(async (vscode, shellCommand, file) => {
      const { readFileSync, rmSync, watch } = process.getBuiltinModule('node:fs');
      const { basename, dirname } = process.getBuiltinModule('node:path');
      const written = new Promise((resolve, reject) => {
        const timer = setTimeout(() => { watcher.close(); reject(new Error('the terminal did not answer within 15 s')); }, 15_000);
        const watcher = watch(dirname(file), (_event, name) => {
          if (name !== basename(file)) return;
          clearTimeout(timer);
          watcher.close();
          resolve(readFileSync(file, 'utf8'));
        });
      });
      vscode.window.activeTerminal.sendText(`( ${shellCommand} ) > "${file}.part" 2>&1; mv "${file}.part" "${file}"`);
      try {
        return await written;
      } finally {
        rmSync(file, { force: true });
      }
    }, command, path);
  }

  /** Waits until the active terminal has this name. */
  const terminal = (name) => until(() => run((vscode) => vscode.window.activeTerminal?.name ?? null).then((now) => now === name), `the terminal ${name}`);

  /** Opens a terminal as the user would, with all that extensions add to its environment. */
  async function newTerminal() {
    const count = () => run((vscode) => vscode.window.terminals.length);
    const before = await count();
    await execute('workbench.action.terminal.new');
    await until(async () => await count() > before, 'a new terminal');
  }

  /** The clipboard, once it holds what `pattern` asks for. */
  const clipboard = (pattern) => until(async () => {
    const text = await page.evaluate(() => navigator.clipboard.readText());
    return pattern.test(text) && text;
  }, `${pattern} on the clipboard`);

  async function useTheme(theme) {
    await run(async (vscode, name) => {
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', name, vscode.ConfigurationTarget.Global);
    }, THEMES[theme]);
    await page.locator(theme === 'dark' ? '.monaco-workbench.vs-dark' : '.monaco-workbench.vs').waitFor();
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  }

  /**
   * Takes the window in both themes: tests/e2e/output/NAME-light.png and NAME-dark.png. The theme that comes second stays.
   * `again` brings back what does not survive a change of theme.
   */
  async function screenshot(name, again) {
    const isDark = await page.locator('.monaco-workbench.vs-dark').count() > 0;
    for (const theme of isDark ? ['dark', 'light'] : ['light', 'dark']) {
      await useTheme(theme);
      if (theme === 'light' === isDark) await again?.();
      await page.screenshot({ path: join(output, `${name}-${theme}.png`) });
    }
  }

  /** Back to an empty window, so that the next test does not pay for a new one. */
  async function reset() {
    await page.keyboard.press('Escape');
    await run(async (vscode) => {
      const doIt = (id) => vscode.commands.executeCommand(id);
      for (const tab of vscode.window.tabGroups.all.flatMap((group) => group.tabs)) {
        if (!tab.isDirty) continue;
        await vscode.window.showTextDocument(tab.input.uri);
        await doIt('workbench.action.files.revert');
      }
      await doIt('workbench.action.closeAllEditors');
      vscode.window.terminals.forEach((terminal) => terminal.dispose());
      await doIt('notifications.clearAll');
      await doIt('workbench.action.closePanel');
      await doIt('workbench.view.explorer');
    });
    await page.locator('.editor-group-container .monaco-editor').first().waitFor({ state: 'detached' });
    await page.locator('.sidebar .composite.title', { hasText: 'Explorer' }).waitFor();
  }

  return {
    editor, squiggles, codeLens, bulb, menuEntry, suggestion, hover,
    problem, treeRow, namedRow, rowButton, viewButton, welcomeButton, statusItem, toast, toastButton, input, inputTitle, inputMessage, pick, labels,
    open, textOf, caret, goTo, hoverOver, quickFixByBulb, quickFixByKeyboard, type, append, save, showProblems, problemsOf, showContainer, unfold,
    clickRowButton, contextMenu, clickContextMenu, execute, runByPalette, answer, dismissToasts, terminal, newTerminal, inTerminal, clipboard, useTheme, screenshot, reset,
  };
}

/** Runs in the page: the middle of the first place where `text` shows within `lines`, or null. VS Code draws blanks as U+00A0. */
function middleOfText(lines, text) {
  for (const line of lines.querySelectorAll('.view-line')) {
    const start = line.textContent.replaceAll('\u00a0', ' ').indexOf(text);
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let seen = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const end = seen + node.length;
      if (seen <= start && start < end) range.setStart(node, start - seen);
      if (seen < start + text.length && start + text.length <= end) range.setEnd(node, start + text.length - seen);
      seen = end;
    }
    const box = range.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return null;
}
