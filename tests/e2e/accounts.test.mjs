// The accounts file: written from a profile, then edited by hand.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow, scenariosOf, until } from './rig.mjs';

const ROLE = 'arn:aws:iam::444455556666:role/OpsRole';
const CONFIG = `\
[profile base]
region = eu-west-1

[profile ops]
role_arn = ${ROLE}
source_profile = base
region = eu-west-1
`;
const CREDENTIALS = `\
[base]
aws_access_key_id = AKIARTX3GSDSQEXAMPLE
aws_secret_access_key = QTG6sEJbmswixFxYaMwpkBWEpQQloeEXAMPLEKEY

[scratch]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY
`;

const vs = await openWindow({ files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS } });
const scenario = scenariosOf(vs);
const { page } = vs;
const FILE = '.config/rolecall/accounts.json';
const registered = () => JSON.parse(readFileSync(join(vs.home, FILE), 'utf8')).accounts;
const rules = async (path) => (await vs.problemsOf(path)).map(({ code }) => code);

const accountRow = (name) => vs.namedRow(`${name}, account`);

/** By the context menu of the tree. */
async function createAccount(profile) {
  await vs.showContainer('Rolecall');
  await vs.clickContextMenu(vs.namedRow(profile), 'Create account…');
  await vs.editor(FILE).waitFor();
}

scenario('without accounts no profile is said to lack one', async () => {
  await vs.open('.aws/credentials');
  await vs.codeLens('.aws/credentials', 'Terminal').first().waitFor();
  assert.deepEqual(new Set(await rules('.aws/credentials')), new Set(['long-term-keys']));
});

scenario('"Create account" writes down what is known of a role, and opens it', async () => {
  await createAccount('ops');
  const [account] = registered();
  assert.equal(account.accountId, '444455556666');
  assert.equal(account.profile, 'ops');
  assert.equal(account.role, ROLE);
  assert.equal(account.region, 'eu-west-1');
  assert.equal(statSync(join(vs.home, FILE)).mode & 0o077, 0);
  await vs.treeRow('Accounts').waitFor();
  await accountRow(account.name).waitFor();
  await vs.screenshot('accounts-created');
});

scenario('the profiles that belong to none are reported then', async () => {
  await vs.open('.aws/credentials');
  await until(async () => (await rules('.aws/credentials')).includes('unmatched-profile'), 'profiles without an account');
  await vs.showContainer('Rolecall');
  await vs.namedRow('scratch').locator('.codicon-warning').waitFor();
});

scenario('a profile that starts the role brings its own account', async () => {
  await createAccount('base');
  // The file is open, so the editor has the new entry until it is saved.
  const entry = await until(async () => JSON.parse(await vs.textOf(FILE)).accounts.find(({ profile }) => profile === 'base'), 'the new account');
  assert.equal(entry.accountId, '111122223333');
  await vs.save();
  assert.deepEqual(registered().map(({ profile }) => profile), ['ops', 'base']);
});

scenario('"Edit account" goes to the account', async () => {
  await vs.showContainer('Rolecall');
  const { name } = registered()[1];
  await vs.clickRowButton(accountRow(name), 'Edit account…');
  await vs.editor(FILE).waitFor();
  await until(async () => {
    const { line } = await vs.caret();
    return readFileSync(join(vs.home, FILE), 'utf8').split('\n').slice(line - 1, line + 1).join('').includes(`"name": "${name}"`);
  }, 'the caret before the account');
});

scenario('an id that is none is underlined while it is typed', async () => {
  await vs.goTo(FILE, '444455556666');
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Delete');
  const message = 'Account id "55556666" is not twelve digits';
  await until(async () => (await vs.problemsOf(FILE)).some((found) => found.code === 'invalid-account-id' && found.message === message), message);
  await vs.squiggles(FILE, 'error').or(vs.squiggles(FILE, 'warning')).first().waitFor();
  await vs.showProblems();
  await vs.screenshot('accounts-invalid-id');
});

scenario('an account whose profile is gone has a warning', async () => {
  await vs.goTo(FILE, '"ops"');
  await vs.run(async (vscode) => {
    const { document } = vscode.window.activeTextEditor;
    const at = document.getText().indexOf('"profile": "ops"');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + 16)), '"profile": "gone"');
    await vscode.workspace.applyEdit(edit);
  });
  await until(async () => (await rules(FILE)).includes('unmatched-account'), 'the problem');
  await vs.showContainer('Rolecall');
  await accountRow(registered()[0].name).locator('.codicon-warning').waitFor();
});
