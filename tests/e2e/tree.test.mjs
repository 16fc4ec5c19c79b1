// The side bar: which profiles there are, what they are, and why some of them do not work.
import assert from 'node:assert/strict';
import { openWindow, scenariosOf, until } from './rig.mjs';

const CONFIG = `\
[profile base]
region = eu-west-1

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
region = eu-west-1

[profile deploy]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = ops

[profile orphan]
role_arn = arn:aws:iam::444455556666:role/ReadOnly
source_profile = bsae

[profile sandbox]
sso_session = corporate
sso_account_id = 777788889999
sso_role_name = Developer
region = eu-west-1

[profile old]
region = us-east-1

[sso-session corporate]
sso_start_url = https://corporate.awsapps.com/start
sso_region = eu-west-1
`;
const CREDENTIALS = `\
[base]
aws_access_key_id = AKIARTX3GSDSQEXAMPLE
aws_secret_access_key = QTG6sEJbmswixFxYaMwpkBWEpQQloeEXAMPLEKEY

[scratch]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY

[yesterday]
aws_access_key_id = ASIARTX3GSDSQEXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
aws_session_token = made-up-token-of-yesterday
x_security_token_expires = 2026-01-31T11:04:00+00:00
`;
const ACCOUNTS = JSON.stringify({
  accounts: [
    { name: 'Acme Dev', accountId: '111122223333', profile: 'base', region: 'eu-west-1', environment: 'development' },
    { name: 'Acme Production', accountId: '444455556666', profile: 'ops', role: 'arn:aws:iam::444455556666:role/OpsRole', environment: 'production' },
    { name: 'Sandbox', accountId: '777788889999', profile: 'sandbox' },
    { name: 'Archive', accountId: '999900001111', profile: 'archive' },
  ],
}, null, 2);

const vs = await openWindow({
  files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS, '.config/rolecall/accounts.json': ACCOUNTS },
});
const scenario = scenariosOf(vs);
const { page } = vs;

const row = vs.namedRow;

/** Every row as it is drawn: "level icon label | description". */
const drawn = () => page.locator('.sidebar [role=treeitem]').evaluateAll((rows) => rows.map((element) => {
  const icon = [...(element.querySelector('.custom-view-tree-node-item-icon')?.classList ?? [])].find((name) => name.startsWith('codicon-'));
  const text = (part) => element.querySelector(part)?.textContent ?? '';
  return `${element.getAttribute('aria-level')} ${icon?.replace('codicon-', '') ?? '-'} ${text('.label-name')} | ${text('.label-description')}`;
}));

const colourOf = (name) => row(name).locator('.custom-view-tree-node-item-icon').evaluate((icon) => getComputedStyle(icon).color);

async function open() {
  await vs.showContainer('Rolecall');
  await row('ops').waitFor();
}

scenario('profiles stand in groups, each with its icon and what is worth knowing', async () => {
  await open();
  assert.deepEqual(await drawn(), [
    '1 - Profiles | 3',
    '2 pass base | Acme Dev · 1111…3333',
    '2 warning scratch | no account',
    '2 warning yesterday | expired · Acme Dev · 1111…3333',
    '1 - Assume-role profiles | 3',
    '2 pass ops | OpsRole · Acme Production',
    '2 pass deploy | Deploy · Acme Production',
    '2 error orphan | ReadOnly · Acme Production',
    '1 - SSO profiles | 1',
    '2 pass sandbox | Sandbox · 7777…9999',
    '1 - Dangling configs | 1',
    '2 warning old | ',
    '1 - Accounts | 4',
    '2 organization Acme Dev | development · 1111…3333',
    '2 organization Acme Production | production · 4444…6666',
    '2 organization Sandbox | 7777…9999',
    '2 warning Archive | 9999…1111',
  ]);
  await vs.screenshot('tree');
});

scenario('icons differ in colour too', async () => {
  await open();
  const [fine, doubtful, broken] = await Promise.all(['base', 'scratch', 'orphan'].map(colourOf));
  assert.equal(new Set([fine, doubtful, broken]).size, 3);
});

scenario('pointing at a profile tells what is wrong with it', async () => {
  await open();
  const tooltip = page.locator('.monaco-hover:visible', { hasText: 'does not exist' });
  const point = async () => {
    await row('ops').locator('.label-name').hover();
    await row('orphan').locator('.label-name').hover();
    await tooltip.waitFor();
  };
  await point();
  assert.match(await tooltip.innerText(), /Source profile "bsae" does not exist; did you mean "base"\?/);
  await vs.screenshot('tree-tooltip', point);
  await tooltip.locator('a', { hasText: 'Source profile' }).click();
  await until(async () => (await vs.caret()).line === 15, 'the line of the problem');
});

scenario('a click goes to the section', async () => {
  await open();
  await row('sandbox').click();
  await vs.editor('.aws/config').waitFor();
  assert.equal((await until(async () => (await vs.caret()).line > 1 && vs.caret(), 'the section')).line, 17);
  await row('scratch').click();
  await vs.editor('.aws/credentials').waitFor();
  await until(async () => (await vs.caret()).path.endsWith('credentials'), 'the other file');
  assert.equal((await vs.caret()).line, 5);
});

scenario('a profile unfolds into its keys, masked, and what follows from them', async () => {
  await open();
  await vs.unfold(row('yesterday'));
  await row('Expires').waitFor();
  const rows = await drawn();
  const shown = rows.slice(rows.findIndex((text) => text.includes('yesterday')) + 1).filter((text) => text.startsWith('3'));
  assert.deepEqual(shown, [
    '3 warning Expired on 2026-01-31 at 11:04 UTC | ',
    '3 symbol-property aws_access_key_id | ASIA…MPLE',
    '3 symbol-property aws_secret_access_key | set, 40 characters',
    '3 symbol-property aws_session_token | set, 26 characters',
    '3 symbol-property x_security_token_expires | 2026-01-31T11:04:00+00:00',
    '3 organization Account | Acme Dev · 111122223333',
    '3 clock Expires | expired · 2026-01-31 11:04 UTC',
  ]);
  assert.ok(!(await page.locator('.sidebar').innerText()).includes('bPxRfiCY'));
  await vs.unfold(row('deploy'));
  await page.locator('.sidebar [role=treeitem]', { hasText: 'base → ops → deploy' }).waitFor();
  await vs.screenshot('tree-unfolded');
  for (const name of ['yesterday', 'deploy']) await row(name).locator('.monaco-tl-twistie').click();
});

scenario('typing in the tree finds a profile', async () => {
  await open();
  await row('base').click();
  await vs.execute('rolecall.profiles.focus');
  await vs.execute('list.find');
  await vs.type('sand');
  await page.locator('.monaco-tree-type-filter').waitFor();
  await page.locator('.sidebar .monaco-highlighted-label .highlight', { hasText: 'sand' }).first().waitFor();
  await vs.screenshot('tree-find');
  await page.keyboard.press('Escape');
});

scenario('the context menu has what can be done with a profile, and nothing that cannot', async () => {
  await open();
  assert.deepEqual(await vs.contextMenu(row('ops')), [
    'Assume role', 'Open terminal', 'Use in new terminals', 'Who am I', 'Copy as export lines', 'Write session to a profile…', 'Edit account…',
  ]);
  await vs.screenshot('tree-menu');
  await page.keyboard.press('Escape');
  assert.deepEqual(await vs.contextMenu(row('scratch')), [
    'Open terminal', 'Use in new terminals', 'Who am I', 'Copy as export lines', 'Paste credentials', 'Import key file…', 'Create account…',
  ]);
  await page.keyboard.press('Escape');
  assert.deepEqual(await vs.contextMenu(row('old')), ['Paste credentials', 'Import key file…', 'Create account…']);
  await page.keyboard.press('Escape');
  await row('orphan').hover();
  assert.equal(await vs.rowButton(row('orphan'), 'Assume role').count(), 0);
});

scenario('the badge counts the problems', async () => {
  await open();
  const badge = page.locator('.activitybar .action-item:has(a[aria-label^="Rolecall"]) .badge-content');
  assert.equal(await badge.innerText(), '5');
});

scenario('an edit changes the tree, saved or not', async () => {
  await open();
  await vs.goTo('.aws/config', 'bsae');
  for (let count = 0; count < 4; count += 1) await page.keyboard.press('Delete');
  await vs.type('base');
  await until(async () => (await drawn()).includes('2 pass orphan | ReadOnly · Acme Production'), 'the green icon');
});

scenario('the picker of the status bar makes a profile the one of new terminals', async () => {
  await open();
  await vs.statusItem('rolecall.rolecall.rolecall.active').click();
  await vs.pick('ops').first().waitFor();
  await vs.screenshot('picker');
  await vs.pick('base').first().click();
  await vs.statusItem('rolecall.rolecall.rolecall.active').filter({ hasText: 'base' }).waitFor();
  await until(async () => (await drawn()).some((text) => text.startsWith('2 circle-filled base | active')), 'the active profile');
  await vs.newTerminal();
  assert.equal(await vs.inTerminal('echo "[$AWS_PROFILE]"'), '[base]\n');
});

scenario('a production account makes the status bar red', async () => {
  await open();
  await vs.execute('rolecall.setActiveProfile', { profile: 'ops' });
  const item = vs.statusItem('rolecall.rolecall.rolecall.active');
  await item.filter({ hasText: 'ops' }).waitFor();
  assert.match(await item.getAttribute('class'), /error-kind/);
  await vs.screenshot('status-production');
  await vs.execute('rolecall.setActiveProfile', { profile: null });
  await item.filter({ hasText: 'No AWS profile' }).waitFor();
});
