// Writing the two files by hand: what is underlined, offered, explained and found.
import assert from 'node:assert/strict';
import { openWindow, scenariosOf, until } from './rig.mjs';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const CONFIG = `\
[default]
region = eu-west-1

# Whoever is on call assumes this one.
[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/me
region = eu-west-1

[profile deploy]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = base
`;
const CREDENTIALS = `\
[default]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY

[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = ${SECRET}
`;
const ACCOUNTS = JSON.stringify({
  accounts: [
    { name: 'Sandbox', profile: 'default' },
    { name: 'Acme Dev', accountId: '111122223333', profile: 'base' },
    { name: 'Acme Production', accountId: '444455556666', profile: 'ops', role: 'arn:aws:iam::444455556666:role/OpsRole', environment: 'production' },
  ],
}, null, 2);

const vs = await openWindow({
  files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS, '.config/rolecall/accounts.json': ACCOUNTS },
});
const scenario = scenariosOf(vs);
const { page } = vs;
const key = (name) => page.keyboard.press(name);
const rules = async (path) => (await vs.problemsOf(path)).map(({ code, line }) => `${line} ${code}`);

/** Adds to the end of the open file: blank lines first, so that a new section stands apart. */
async function append(path, text) {
  await vs.open(path);
  await vs.append(path, text);
  await until(async () => (await vs.textOf(path)).endsWith(text), 'what was added');
}

/** A second [profile ops], unsaved. */
/** That something is offered at the caret: by itself where it is typed, else when it is asked for. */
const suggests = (label) => until(async () => {
  const shown = await vs.suggestion(label).first().waitFor({ timeout: 1000 }).then(() => true, () => false);
  if (!shown) await key('Control+Space');
  return shown;
}, `the suggestion ${label}`);

async function withDuplicate() {
  await append('.aws/config', '\n[profile ops]\noutput = json\nregion = us-east-1');
  await vs.squiggles('.aws/config').first().waitFor();
}

scenario('a section that is there twice is underlined, and Problems says who trips over it', async () => {
  await withDuplicate();
  await vs.showProblems();
  const problem = vs.problem('already defined');
  await problem.waitFor();
  assert.match((await vs.labels(problem))[0],
    /Section "\[profile ops\]" is already defined on line 5: the AWS CLI and boto3 refuse the whole file/);
  await vs.screenshot('editing-duplicate-section');
});

scenario('the light bulb merges both sections', async () => {
  await withDuplicate();
  await vs.quickFixByBulb('.aws/config', '[profile ops]\noutput', 'Merge into the section on line 5');
  await vs.menuEntry('Rename this section to "ops-2"').waitFor();
  await vs.menuEntry('Delete this section').waitFor();
  await vs.screenshot('editing-quick-fix');
  await vs.menuEntry('Merge into the section on line 5').click();
  const text = await until(async () => {
    const now = await vs.textOf('.aws/config');
    return now.match(/\[profile ops\]/g).length === 1 && now;
  }, 'one section');
  await vs.squiggles('.aws/config').first().waitFor({ state: 'detached' });
  assert.match(text, /\[profile ops\]\nrole_arn = \S+\nsource_profile = base\nmfa_serial = \S+\nregion = us-east-1\noutput = json\n/);
});

scenario('Ctrl+. gives the section another name', async () => {
  await withDuplicate();
  await vs.quickFixByKeyboard('.aws/config', '[profile ops]\noutput');
  await vs.menuEntry('Rename this section').click();
  await until(async () => (await vs.textOf('.aws/config')).includes('[profile ops-2]'), 'the new name');
  await vs.squiggles('.aws/config').first().waitFor({ state: 'detached' });
});

scenario('a region that does not exist has the right one behind the light bulb', async () => {
  await append('.aws/config', 'region = eu-wset-1');
  await vs.quickFixByKeyboard('.aws/config', 'eu-wset-1');
  await vs.menuEntry('Change to "eu-west-1"').click();
  await until(async () => (await vs.textOf('.aws/config')).endsWith('region = eu-west-1'), 'the right region');
});

scenario('after "source_profile = " the profiles are offered', async () => {
  await append('.aws/config', '\n[profile audit]\nrole_arn = arn:aws:iam::444455556666:role/Audit\nsource_profile = ');
  await key('Control+End');
  await suggests('base');
  await vs.screenshot('editing-completion');
  await vs.type('ba');
  await suggests('base');
  await key('Tab');
  await until(async () => (await vs.textOf('.aws/config')).endsWith('source_profile = base'), 'the name of the profile');
});

scenario('on an empty line the keys that are still missing come first', async () => {
  await append('.aws/config', '\n[profile audit]\nrole_arn = arn:aws:iam::444455556666:role/Audit\n');
  await key('Control+End');
  await suggests('source_profile');
  assert.deepEqual(await vs.labels(page.locator('.suggest-widget.visible .monaco-list-row.focused')), ['source_profile, config, Property']);
  await vs.screenshot('editing-completion-keys');
});

scenario('pointing at a key tells its value, and where it comes from', async () => {
  await vs.open('.aws/config');
  await vs.hoverOver('.aws/config', 'source_profile');
  const text = await vs.hover('source_profile').first().innerText();
  assert.match(text, /base/);
  assert.match(text, /config:7/);
  assert.match(text, /Read by/);
  await vs.screenshot('editing-hover-key');
});

scenario('pointing at a header tells the chain of the role', async () => {
  await vs.open('.aws/config');
  await vs.hoverOver('.aws/config', '[profile ops]');
  const text = await vs.hover('ops').first().innerText();
  assert.match(text, /base → ops/);
  assert.match(text, /Acme Production/);
  await vs.screenshot('editing-hover-header');
});

scenario('pointing at a secret shows no secret', async () => {
  await vs.goTo('.aws/credentials', SECRET);
  await vs.hoverOver('.aws/credentials', SECRET);
  const text = await vs.hover('aws_secret_access_key').first().innerText();
  assert.match(text, /set, 40 characters/);
  for (let at = 0; at < SECRET.length - 8; at += 1) assert.ok(!text.includes(SECRET.slice(at, at + 8)), 'a piece of the secret');
  await vs.screenshot('editing-hover-secret');
});

scenario('F12 on the source profile goes to its header in the other file', async () => {
  await vs.goTo('.aws/config', 'base\nmfa_serial');
  await key('F12');
  await vs.editor('.aws/credentials').waitFor();
  const { path, line } = await until(async () => {
    const at = await vs.caret();
    return at.path.endsWith('credentials') && at;
  }, 'the caret in the other file');
  assert.equal(path, `${vs.home}/.aws/credentials`);
  assert.equal(line, 5);
});

scenario('Shift+F12 finds every profile that starts from it', async () => {
  await vs.goTo('.aws/credentials', 'base]');
  await key('Shift+F12');
  await page.locator('.reference-zone-widget', { hasText: 'References (3)' }).waitFor();
  await vs.screenshot('editing-references');
  await key('Escape');
  const places = await vs.run(async (vscode, path, line, column) => (await vscode.commands.executeCommand(
    'vscode.executeReferenceProvider', vscode.Uri.file(path), new vscode.Position(line, column),
  )).map(({ uri, range }) => `${uri.path.split('/').at(-1)}:${range.start.line + 1}`), `${vs.home}/.aws/credentials`, 4, 2);
  assert.deepEqual(places.sort(), ['config:13', 'config:7', 'credentials:5']);
});

scenario('the outline lists sections and their keys', async () => {
  await vs.open('.aws/config');
  await vs.execute('outline.focus');
  await page.locator('.outline-pane .monaco-list-row', { hasText: 'ops' }).first().waitFor();
  await vs.screenshot('editing-outline');
  const outline = await vs.run(async (vscode, path) => (await vscode.commands.executeCommand(
    'vscode.executeDocumentSymbolProvider', vscode.Uri.file(path),
  )).map(({ name, detail, children }) => [name, detail, ...children.map((child) => child.name)].join(' ')), `${vs.home}/.aws/config`);
  assert.deepEqual(outline, [
    'default access key region', 'ops assume role role_arn source_profile mfa_serial region', 'deploy assume role role_arn source_profile',
  ]);
});

scenario('sections fold to their headers', async () => {
  await vs.open('.aws/config');
  const line = (text) => vs.editor('.aws/config').locator('.view-line', { hasText: text });
  await line('mfa_serial').waitFor();
  // The server is asked for the ranges when the editor has nothing better to do.
  await until(async () => {
    await vs.execute('editor.foldAll');
    return await line('mfa_serial').count() === 0;
  }, 'the folded sections');
  await line('[profile ops]').waitFor();
  await vs.execute('editor.unfoldAll');
  await line('mfa_serial').waitFor();
});

scenario('what can be done with a role stands above its header', async () => {
  await vs.open('.aws/config');
  await vs.codeLens('.aws/config', 'Assume role').first().waitFor();
  const lenses = await vs.editor('.aws/config').locator('.codelens-decoration').allInnerTexts();
  assert.ok(lenses.some((text) => /Assume role\s*\|\s*Terminal\s*\|\s*Who am I\s*\|\s*Details/.test(text)), lenses.join('; '));
  await vs.screenshot('editing-code-lens');
});

scenario('the account stands behind the header and its id', async () => {
  await vs.open('.aws/config');
  const line = (text) => vs.editor('.aws/config').locator('.view-line', { hasText: text });
  await line('[profile ops]').filter({ hasText: 'Acme Production' }).waitFor();
  await line('mfa_serial').filter({ hasText: 'Acme Dev' }).waitFor();
});

scenario('typing in one file tells at once what it does to the other, saved or not', async () => {
  await vs.open('.aws/config');
  await vs.goTo('.aws/credentials', 'base]');
  assert.deepEqual(await rules('.aws/config'), []);
  await vs.type('x');
  await until(async () => (await rules('.aws/config')).length === 2, 'problems of the other file');
  assert.deepEqual(await rules('.aws/config'), ['7 missing-source-profile', '13 missing-source-profile']);
  await key('Backspace');
  await until(async () => (await rules('.aws/config')).length === 0, 'no problem any more');
});

scenario('nothing wants to leave this machine', () => assert.deepEqual(vs.blocked, []));
