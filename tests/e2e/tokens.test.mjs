// Keys that change: whoever changes them, Rolecall asks once, and knows whether it is still the same account.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { newSession, openWindow, scenariosOf, startStandIn, until } from './rig.mjs';

const standIn = await startStandIn();
after(() => standIn.stop());

const CONFIG = `\
[profile acme]
region = eu-west-1
services = here

[profile readonly]
role_arn = arn:aws:iam::444455556666:role/ReadOnly
source_profile = base
region = eu-west-1
services = here

[services here]
sts =
  endpoint_url = ${standIn.url}
`;
const base = standIn.keys.find(({ accessKeyId }) => accessKeyId === 'AKIAIOSFODNN7EXAMPLE');
const ACCOUNTS = JSON.stringify({ accounts: [{ name: 'Acme Dev', accountId: '111122223333', profile: 'acme' }] });

const lines = ({ keyId, secret, token }) => `aws_access_key_id = ${keyId}\naws_secret_access_key = ${secret}\naws_session_token = ${token}\n`;
/** A session of the other account. */
const foreign = { keyId: 'ASIAWO645SY5AEXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', token: 'made-up-token' };
const BEGINNING = `\
[base]
aws_access_key_id = ${base.accessKeyId}
aws_secret_access_key = ${base.secretAccessKey}

[spare]
${lines({ ...foreign, keyId: 'ASIAWO645SY5BEXAMPLE' })}
[acme]
`;

// The folder is not there when the editor starts: its own watcher never sees it then.
const vs = await openWindow({ files: { '.config/rolecall/accounts.json': ACCOUNTS } });
const scenario = scenariosOf(vs);
const { page } = vs;
const FILE = '.aws/credentials';
const row = vs.namedRow;
const toasts = page.locator('.notifications-toasts .notification-list-item');

const onDisk = () => readFileSync(join(vs.home, FILE), 'utf8');

/** Gives acme another session as other tools do: with a new file in place of the old one. */
function renew(session) {
  vs.write(`${FILE}.new`, `${onDisk().split('[acme]\n')[0]}[acme]\n${lines(session)}`);
  renameSync(join(vs.home, `${FILE}.new`), join(vs.home, FILE));
}

/** The tree shows the key of acme that the server has seen last. */
async function serverHasSeen({ keyId }) {
  await vs.showContainer('Rolecall');
  await vs.unfold(row('acme'));
  await page.locator('.sidebar .label-description', { hasText: `${keyId.slice(0, 4)}…${keyId.slice(-4)}` }).first().waitFor();
}

scenario('files that appear after the start are noticed', async () => {
  await vs.showContainer('Rolecall');
  await row('Acme Dev').waitFor();
  mkdirSync(join(vs.home, '.aws'), { mode: 0o700 });
  vs.write('.aws/config', CONFIG);
  vs.write(FILE, BEGINNING + lines(newSession(standIn)));
  await row('acme').waitFor();
  await row('readonly').waitFor();
  assert.equal(await toasts.count(), 0);
});

scenario('a new session of the same account is asked about, and "Use it" tries it', async () => {
  await vs.execute('rolecall.setActiveProfile', { profile: 'acme' });
  renew(newSession(standIn));
  const toast = vs.toast('acme has a new session token (same account, Acme Dev 1111…3333).');
  await toast.waitFor();
  assert.equal(await toasts.count(), 1);
  for (const choice of ['Use it', 'Show change', 'Not now']) await toast.locator('.monaco-button', { hasText: choice }).waitFor();
  await vs.screenshot('tokens-card');
  await vs.toastButton('acme has a new session token', 'Use it').click();
  await vs.toast('The new keys of acme work: Acme Dev 1111…3333.').waitFor();
  assert.equal(await toasts.count(), 1);
  await vs.screenshot('tokens-used');
});

scenario('"Not now" leaves it at that', async () => {
  renew(newSession(standIn));
  await vs.toastButton('acme has a new session token', 'Not now').click();
  await toasts.waitFor({ state: 'detached' });
});

scenario('what Rolecall itself writes is not asked about', async () => {
  await vs.execute('rolecall.assumeRole', { profile: 'readonly' });
  await vs.toastButton('readonly is ready', 'Write to a profile').click();
  await vs.pick('spare').first().click();
  await vs.toast('The session of readonly is in profile spare until').waitFor();
  assert.ok(!onDisk().includes('ASIAWO645SY5BEXAMPLE'));
  // The card for the change that follows is the only one.
  renew(newSession(standIn));
  await vs.toast('acme has a new session token').waitFor();
  assert.equal(await vs.toast('new session').count(), 1);
});

scenario('"Show change" goes to the key', async () => {
  renew(newSession(standIn));
  await vs.toastButton('acme has a new session token', 'Show change').click();
  await vs.editor(FILE).waitFor();
  const { line } = await until(async () => (await vs.caret()).line > 1 && vs.caret(), 'the key');
  assert.equal(onDisk().split('\n')[line - 2], '[acme]');
});

scenario('keys of another account are called so', async () => {
  renew(foreign);
  const toast = vs.toast('acme now belongs to another account: 4444…6666 instead of 1111…3333.');
  await toast.waitFor();
  await toast.locator('.monaco-button', { hasText: 'Use anyway' }).waitFor();
  await vs.screenshot('tokens-other-account');
  await toast.locator('.monaco-button', { hasText: 'Use anyway' }).click();
  const refused = vs.toast('AWS does not know the access key of profile "acme"');
  await refused.locator('.monaco-button', { hasText: 'Copy' }).waitFor();
  await vs.screenshot('tokens-refused');
});

scenario('pasting the keys of today and saving them is asked about, typing them is not', async () => {
  renew({ ...foreign, token: 'another-made-up-token' });
  await vs.toast('acme').waitFor();
  await vs.dismissToasts();
  const today = newSession(standIn);
  await vs.goTo(FILE, 'aws_access_key_id = ASIAWO645SY5AEXAMPLE');
  await page.evaluate((text) => navigator.clipboard.writeText(text), lines(today));
  await page.keyboard.press('Control+Shift+End');
  await page.keyboard.press('Control+V');
  // The server has seen the text once the tree shows the new key, and still says nothing.
  await serverHasSeen(today);
  assert.equal(await toasts.count(), 0);
  await vs.save();
  await vs.toast('acme now belongs to another account: 1111…3333 instead of 4444…6666.').waitFor();
  assert.equal(await toasts.count(), 1);
});

