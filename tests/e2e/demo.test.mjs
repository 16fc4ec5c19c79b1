// "make demo", as someone sees it who tries Rolecall for the first time.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { launchBrowser, openPage } from './rig/browser.mjs';
import { environmentOf } from './rig/codeServer.mjs';
import { OUTPUT, ROOT } from './rig/paths.mjs';
import { start } from './rig/processes.mjs';
import { until } from './rig/waiting.mjs';
import { workbenchOf } from './rig/workbench.mjs';

const demo = await start(process.execPath, ['dev/demo.mjs', '--no-open'], {
  ready: /(http:\S+)[^]*Ctrl-C/, cwd: ROOT, env: environmentOf('/nonexistent', { TMPDIR: process.env.TMPDIR ?? '/tmp' }),
});
const browser = await launchBrowser();
after(async () => { await browser.close(); await demo.stop(); });

const address = demo.match[1];
const home = new URL(address).searchParams.get('folder');
const blocked = [];
const page = await openPage(browser, address, { blocked });
const vs = workbenchOf({ page, home, output: OUTPUT });

test('the config file is open, with lenses above its profiles and its problems counted', async () => {
  await vs.codeLens('.aws/config', 'Assume role').first().waitFor();
  await page.locator('#status\\.problems[aria-label^="Errors: "]').waitFor();
});

test('the side bar shows the profiles', async () => {
  await vs.showContainer('Rolecall');
  await vs.treeRow('base').first().waitFor();
  await vs.treeRow('Assume-role profiles').waitFor();
});

test('"r" puts another session of "acme" on disk, and Rolecall asks about it', async () => {
  const credentials = join(home, '.aws/credentials');
  const before = readFileSync(credentials, 'utf8');
  demo.child.stdin.write('r\n');
  await until(() => readFileSync(credentials, 'utf8') !== before, 'a new session on disk');
  await vs.toast('acme').waitFor();
});

test('nothing wants to leave this machine', () => assert.deepEqual(blocked, []));

test('Ctrl-C ends it, and takes everything away', async () => {
  process.kill(demo.child.pid, 'SIGINT');
  assert.equal(await demo.ended, 'ended with 0');
  assert.match(demo.output(), /Nothing is left behind/);
  assert.ok(!existsSync(home));
});
