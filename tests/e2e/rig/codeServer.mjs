// Starts the real VS Code (code-server) on a throw-away home. Nothing of the user's is read or written.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EXTENSION, PYTHON, RIG } from './paths.mjs';
import { start } from './processes.mjs';
import { TEST_SETTINGS } from './settings.mjs';

// What only development needs stays behind.
const LEFT_OUT = ['node_modules', 'src', 'test'];

/** Writes a file for its owner only, as the real ones are. */
export function writeInto(home, path, text) {
  const whole = join(home, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text, { mode: 0o600 });
}

/** A throw-away home. `files` maps paths inside it to texts. */
export function makeHome(files = {}) {
  const root = mkdtempSync(join(tmpdir(), 'rolecall-'));
  const home = join(root, 'home');
  mkdirSync(home);
  for (const [path, text] of Object.entries(files)) writeInto(home, path, text);
  const remove = () => rmSync(root, { recursive: true, force: true });
  // Also when this process ends by surprise. The processes that live in the home are gone by then: their own listener comes first.
  process.on('exit', remove);
  return { root, home, remove };
}

/** The environment of a program that belongs to a throw-away home: nothing of AWS, Python or an editor leaks in. */
export function environmentOf(home, more = {}) {
  const { PATH } = process.env;
  return { PATH, LANG: 'C.UTF-8', TERM: 'xterm-256color', SHELL: '/bin/bash', HOME: home, EXTENSIONS_GALLERY: '{}', ...more };
}

/** Copies an unpacked extension to where VS Code finds it. Gives its new folder. */
export function installFolder(source, extensions) {
  const { publisher, name, version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const target = join(extensions, `${publisher}.${name}-${version}`);
  const leftOut = new Set(LEFT_OUT.map((part) => join(source, part)));
  cpSync(source, target, { recursive: true, filter: (path) => !leftOut.has(path) });
  return target;
}

/**
 * The home is from makeHome. `extensions` are folders of unpacked extensions. `settings` are the user's, `machine`
 * those of machine scope, which VS Code reads from another file.
 * Gives {url, host, user (VS Code's own data), installed (where the extensions are), log(), ended, stop()}.
 */
export async function startCodeServer({ root, home }, {
  extensions = [EXTENSION], settings = TEST_SETTINGS, machine = {}, env = {}, port = 0, options = [],
} = {}) {
  const user = join(root, 'user');
  const extensionsDir = join(root, 'extensions');
  mkdirSync(extensionsDir);
  const installed = extensions.map((folder) => installFolder(folder, extensionsDir));
  writeJson(join(user, 'User/settings.json'), settings);
  writeJson(join(user, 'Machine/settings.json'), { 'rolecall.python': PYTHON, ...machine });
  writeFileSync(join(root, 'config.yaml'), 'auth: none\n');

  const server = await start(process.execPath, [
    join(RIG, 'node_modules/code-server/out/node/entry.js'),
    '--config', join(root, 'config.yaml'), '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
    '--user-data-dir', user, '--extensions-dir', extensionsDir, '--builtin-extensions-dir', join(RIG, 'builtin'),
    '--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override',
    '--disable-proxy', '--ignore-last-opened', ...options,
  ], { ready: /listening on (http:\/\/127\.0\.0\.1:\d+)/, env: environmentOf(home, env) });
  const url = server.match[1];
  return { url, host: new URL(url).host, user, installed, log: server.output, ended: server.ended, stop: server.stop };
}

/** The address of a window on `folder`. `payload` are VS Code's own start instructions, such as ["openFile", uri]. */
export function windowAddress({ url, host }, folder, { open, payload = [] } = {}) {
  const all = open ? [['openFile', `vscode-remote://${host}${open}`], ...payload] : payload;
  const query = new URLSearchParams({ folder });
  if (all.length) query.set('payload', JSON.stringify(all));
  return `${url}/?${query}`;
}

function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(value, null, 2));
}
