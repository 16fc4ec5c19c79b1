// The first run: no AWS files at all.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow, scenariosOf, until } from './rig.mjs';

const vs = await openWindow();
const scenario = scenariosOf(vs);
const modeOf = (path) => statSync(join(vs.home, path)).mode & 0o777;

scenario('nothing pops up by itself, and the side bar says how to begin', async () => {
  await vs.showContainer('Rolecall');
  await vs.welcomeButton('Set up access keys').waitFor();
  await vs.page.locator('.sidebar .welcome-view', { hasText: 'No AWS profiles yet.' }).waitFor();
  assert.equal(await vs.page.locator('.notifications-toasts .notification-list-item').count(), 0);
  await vs.screenshot('zero');
});

scenario('"Set up access keys" makes both files, readable by nobody else, and opens the one to fill in', async () => {
  await vs.showContainer('Rolecall');
  await vs.welcomeButton('Set up access keys').click();
  await vs.editor('.aws/credentials').waitFor();
  assert.deepEqual(['.aws', '.aws/config', '.aws/credentials'].map(modeOf), [0o700, 0o600, 0o600]);
  assert.match(readFileSync(join(vs.home, '.aws/config'), 'utf8'), /^\[default\]$/m);
  await vs.namedRow('default').waitFor();
  // The caret waits where the key goes.
  await until(async () => (await vs.caret()).line === 3 && (await vs.caret()).column === 21, 'the caret behind the "="');
  await vs.squiggles('.aws/credentials', 'warning').first().waitFor();
  await vs.screenshot('zero-created');
});

scenario('with the keys filled in all is well', async () => {
  await vs.goTo('.aws/credentials', 'aws_access_key_id = ');
  await vs.page.keyboard.press('End');
  await vs.type('AKIAIOSFODNN7EXAMPLE');
  await vs.goTo('.aws/credentials', 'aws_secret_access_key = ');
  await vs.page.keyboard.press('End');
  await vs.type('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
  await vs.save();
  await vs.squiggles('.aws/credentials', 'warning').first().waitFor({ state: 'detached' });
  await vs.showContainer('Rolecall');
  await vs.namedRow('default').locator('.codicon-pass').waitFor();
  await vs.screenshot('zero-filled-in');
});
