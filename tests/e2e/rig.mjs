// The real VS Code in a headless browser, for one test file: one window, reset before every scenario.
//
//   const vs = await openWindow({ files: { '.aws/config': '...' } });
//   const scenario = scenariosOf(vs);
//   scenario('a region that does not exist is underlined', async () => { ... });
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BRIDGE, openBridge } from './rig/bridge.mjs';
import { launchBrowser, openPage } from './rig/browser.mjs';
import { makeHome, startCodeServer, windowAddress, writeInto } from './rig/codeServer.mjs';
import { EXTENSION, OUTPUT } from './rig/paths.mjs';
import { TEST_SETTINGS } from './rig/settings.mjs';
import { workbenchOf } from './rig/workbench.mjs';

export { demoFiles, newSession } from './rig/demoFiles.mjs';
export { startStandIn } from './rig/standIn.mjs';
export { fileText, until } from './rig/waiting.mjs';

/**
 * Opens a window on a throw-away home that holds `files` (paths in it, with their texts).
 * `folder` is the opened folder in it, `open` a file to open at once; `settings` are the user's, `machine` those of machine scope.
 * Gives the helpers of rig/workbench.mjs and page, home, user (VS Code's own data), extensionFolder (of the first extension),
 * blocked (requests that wanted to leave this machine), run(task, ...args), write(path, text), log(), logs() (all that VS Code
 * and the extension logged) and close().
 */
export async function openWindow({
  files = {}, folder = '.', open, settings = {}, machine = {}, env = {}, extensions = [EXTENSION], output = OUTPUT,
} = {}) {
  mkdirSync(output, { recursive: true });
  const place = makeHome(files);
  const bridge = await openBridge();
  const closers = [() => place.remove(), () => bridge.close()];
  const close = async () => { while (closers.length) await closers.pop()(); };
  try {
    const starting = startCodeServer(place, {
      settings: { ...TEST_SETTINGS, ...settings }, machine, extensions: [...extensions, BRIDGE], env: { ...env, ...bridge.env },
    });
    closers.push(() => starting.then((server) => server.stop(), () => {}));
    const launching = launchBrowser();
    closers.push(() => launching.then((browser) => browser.close(), () => {}));
    const [server, browser] = await Promise.all([starting, launching]);
    const blocked = [];
    const home = place.home;
    const address = windowAddress(server, join(home, folder), { open: open && join(home, open) });
    const page = await openPage(browser, address, { blocked });
    return {
      ...workbenchOf({ page, home, run: bridge.run, output }),
      page, home, output, blocked, user: server.user, extensionFolder: server.installed[0], run: bridge.run, log: server.log, close,
      write: (path, text) => writeInto(home, path, text),
      logs: () => server.log() + textsIn(join(server.user, 'logs')),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function textsIn(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
}

/** Scenarios share the window, which is closed after the last. One that fails leaves a picture: output/FAILED-its-name.png. */
export function scenariosOf(vs) {
  after(() => vs.close());
  return (name, steps) => test(name, async (context) => {
    await vs.reset();
    try {
      await steps(context);
    } catch (error) {
      await vs.page.screenshot({ path: join(vs.output, `FAILED-${name.replaceAll(/\W+/g, '-')}.png`) });
      throw error;
    }
  });
}
