// Keys that someone copied or downloaded: into the right profile, and back out with one undo.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow, scenariosOf, until } from './rig.mjs';
import { ROOT } from './rig/paths.mjs';

const SAMPLES = join(ROOT, 'tests/fixtures/keys');
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const ROOT_KEY = 'rootkey_old.csv';
const FILE = '.aws/credentials';
const ACCOUNTS = JSON.stringify({ accounts: [{ name: 'Acme Dev', accountId: '111122223333', profile: 'acme' }] });

const vs = await openWindow();
const scenario = scenariosOf(vs);
const { page } = vs;

const OTHER = `\
[other]
aws_access_key_id = AKIAWO645SY5AEXAMPLE
aws_secret_access_key = made-up-secret
`;
const ACME = `\
[acme]
aws_access_key_id = ASIARTX3GSDSQ2222222
aws_secret_access_key = made-up-secret
aws_security_token = made-up-token
aws_session_token = made-up-token
region = eu-west-1
`;
const sample = (name) => readFileSync(join(SAMPLES, name), 'utf8');
const onDisk = () => readFileSync(join(vs.home, FILE), 'utf8');
const copy = (text) => page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
const isUser = (text) => text.includes('AKIA');

scenario('where there is no profile yet, the side bar offers to paste one', async () => {
  await vs.showContainer('Rolecall');
  await vs.welcomeButton('Import key file').waitFor();
  await copy(sample('portal_opt2.txt'));
  await vs.welcomeButton('Paste credentials').click();
  await vs.toast('111122223333_AdministratorAccess has the keys of account 1111…3333.').waitFor();
  assert.equal(onDisk(), sample('portal_opt2.txt').replaceAll(/^(\w+)=/gm, '$1 = '));
  assert.equal(statSync(join(vs.home, FILE)).mode & 0o777, 0o600);
  await vs.namedRow('111122223333_AdministratorAccess').waitFor();
  await vs.screenshot('paste-first');
});

scenario('the daily paste: the row of the profile, and "Undo"', async () => {
  vs.write('.config/rolecall/accounts.json', ACCOUNTS);
  vs.write(FILE, OTHER + ACME);
  await vs.showContainer('Rolecall');
  await vs.namedRow('Acme Dev').waitFor();
  await copy(sample('portal_opt1_bash.txt'));
  await vs.clickContextMenu(vs.namedRow('acme'), 'Paste credentials');
  const toast = vs.toast('acme has the keys of Acme Dev 1111…3333.');
  await toast.waitFor();
  const text = onDisk();
  assert.ok(text.startsWith(`${OTHER}[acme]\naws_access_key_id = ASIARTX3GSDSQEXAMPLE\naws_secret_access_key = ${SECRET}\naws_session_token = IQo`));
  assert.doesNotMatch(text, /security_token/);
  assert.ok(text.endsWith('\nregion = eu-west-1\n'));
  await vs.screenshot('paste-row');
  await vs.toastButton('acme has the keys', 'Undo').click();
  await vs.toast('Undone: acme.').waitFor();
  assert.equal(onDisk(), OTHER + ACME);
});

scenario('keys of another account are asked about', async () => {
  await vs.showContainer('Rolecall');
  await copy(sample('portal_opt3.txt'));
  await vs.clickContextMenu(vs.namedRow('other'), 'Paste credentials');
  const question = 'Profile other has keys of account 4444…6666, these are of Acme Dev 1111…3333.';
  await vs.toast(question).waitFor();
  await vs.screenshot('paste-another-account');
  assert.equal(onDisk(), OTHER + ACME);
  await vs.toastButton(question, 'Use anyway').click();
  await vs.toast('other has the keys of Acme Dev 1111…3333.').waitFor();
  assert.match(onDisk(), /\[other\]\naws_access_key_id = ASIARTX3GSDSQEXAMPLE\n/);
});

scenario('a key file that the console downloaded', async () => {
  vs.write(FILE, OTHER);
  vs.write('alice_accessKeys.csv', sample('csv_new_user_classic.csv'));
  await vs.runByPalette('Rolecall: Import key file');
  await vs.inputTitle().filter({ hasText: 'Import key file' }).waitFor();
  await vs.pick('alice_accessKeys.csv').click();
  await vs.toast('alice has the keys of Acme Dev 1111…3333.').waitFor();
  assert.equal(onDisk(), `${OTHER}\n[alice]\naws_access_key_id = AKIARTX3GSDSQEXAMPLE\naws_secret_access_key = ${SECRET}\n`);
  await vs.toastButton('alice has the keys', 'Show').click();
  await until(async () => (await vs.caret()).line === OTHER.split('\n').length + 2, 'the caret at the new key');
});

scenario('keys of the root user are asked about', async () => {
  vs.write(FILE, OTHER + ACME);
  await vs.open(FILE);
  await copy(sample(ROOT_KEY));
  const pasting = vs.execute('rolecall.paste');
  await vs.inputTitle().filter({ hasText: 'Paste credentials' }).waitFor();
  await vs.pick('same account').first().click();
  await vs.toastButton('The keys for acme are the root user\'s', 'Use anyway').click();
  await pasting;
  await until(async () => await vs.textOf(FILE) !== OTHER + ACME, 'the keys of the root user');
  await vs.dismissToasts();
  await vs.open(FILE);
  await vs.execute('undo');
  await until(async () => await vs.textOf(FILE) === OTHER + ACME, 'them taken back');
});

// The editor goes on holding the file for a while after this, and what is written then is written there.
scenario('every form of keys goes into the profile of its account, and back out with one undo of the editor', async () => {
  vs.write(FILE, OTHER + ACME);
  await vs.open(FILE);
  for (const name of readdirSync(SAMPLES).filter((one) => one !== ROOT_KEY)) {
    const text = sample(name);
    await copy(text);
    const pasting = vs.execute('rolecall.paste');
    if (['csv_console_only_no_keys.csv', 'portal_recommended.txt'].includes(name)) {
      await pasting;
      assert.equal(await vs.textOf(FILE), OTHER + ACME, name);
      await vs.dismissToasts();
      continue;
    }
    await vs.inputTitle().filter({ hasText: 'Paste credentials' }).waitFor();
    if (name === 'portal_opt2.txt') await vs.screenshot('paste-pick');
    await vs.pick('same account').first().click();
    await pasting;
    // Of many messages at once the editor shows none; the tests of the server hold their words.
    await until(async () => await vs.textOf(FILE) !== OTHER + ACME, `${name} pasted`);
    const after = await vs.textOf(FILE);
    assert.ok(after.startsWith(`${OTHER}[acme]\naws_access_key_id = ${isUser(text) ? 'AKIA' : 'ASIA'}RTX3GSDSQEXAMPLE\n`), name);
    assert.ok(after.includes(`aws_secret_access_key = ${SECRET}\n`), name);
    assert.equal(after.includes('aws_session_token = IQo'), !isUser(text), name);
    assert.doesNotMatch(after, /made-up-token|security_token = /, name);
    await vs.dismissToasts();
    await vs.open(FILE);
    await vs.execute('undo');
    await until(async () => await vs.textOf(FILE) === OTHER + ACME, `${name} taken back`);
  }
});

scenario('no secret is in the log', async () => {
  const logs = vs.logs();
  for (const secret of [SECRET, 'IQoJb3JpZ2luX2VjEXAMPLE', 'made-up-secret', 'made-up-token']) {
    assert.ok(!logs.includes(secret), 'a secret in the log');
  }
});
