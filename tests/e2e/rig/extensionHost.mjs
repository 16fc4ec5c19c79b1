// Runs the client's own Mocha tests inside the real extension host, where they have the extension's `vscode`.
import { join } from 'node:path';
import { launchBrowser, openPage } from './browser.mjs';
import { makeHome, startCodeServer, windowAddress } from './codeServer.mjs';
import { EXTENSION } from './paths.mjs';
import { fileText } from './waiting.mjs';

/**
 * `entry` exports run(), and in the end renames a file to $RIG_TEST_OUT with a line for each test: "ok NAME", "skip NAME",
 * or "not ok NAME" and the lines of its stack. It must lie inside of the extension: elsewhere `require("vscode")` is another object.
 * Gives [{name, outcome, detail}].
 */
export async function runInExtensionHost({ files = {}, machine = {}, extension = EXTENSION, entry = 'test/index.js', deadline = 120_000 } = {}) {
  const place = makeHome(files);
  const out = join(place.root, 'results.txt');
  const server = await startCodeServer(place, {
    extensions: [],
    machine,
    env: { RIG_TEST_OUT: out },
    // Without it a built VS Code does not listen to the two paths below. It also hides notifications, so it is for these tests only.
    options: ['--vscode-option', 'enable-smoke-test-driver'],
  });
  try {
    const browser = await launchBrowser();
    try {
      const uri = (path) => `vscode-remote://${server.host}${path}`;
      const payload = [['extensionDevelopmentPath', uri(extension)], ['extensionTestsPath', uri(join(extension, entry))]];
      const [results] = await Promise.all([fileText(out, deadline), openPage(browser, windowAddress(server, place.home, { payload }))]);
      return outcomes(results);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    place.remove();
  }
}

function outcomes(text) {
  const found = [];
  for (const line of text.split('\n')) {
    const [, outcome, name] = /^(ok|not ok|skip) (.+)$/.exec(line) ?? [];
    if (outcome) found.push({ name, outcome, detail: [] });
    else found.at(-1)?.detail.push(line);
  }
  return found.map((each) => ({ ...each, detail: each.detail.join('\n') }));
}
