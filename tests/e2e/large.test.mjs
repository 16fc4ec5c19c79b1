// The files of an organisation with thousands of accounts: typing in them, and finding a profile among them.
import assert from 'node:assert/strict';
import { openWindow, scenariosOf, until } from './rig.mjs';

const PROFILES = 20_000;
const LAST = `dev-${String(PROFILES).padStart(5, '0')}`;
const MIDDLE = 'dev-10001';

const account = (number) => String(100_000_000_000 + number * 37);
const name = (number) => `dev-${String(number).padStart(5, '0')}`;

/** Five lines for each profile: every second one a role, the others by SSO. */
const profile = (number) => number % 2
  ? `[profile ${name(number)}]\nrole_arn = arn:aws:iam::${account(number)}:role/OpsRole\nsource_profile = base\nregion = eu-west-1\n\n`
  : `[profile ${name(number)}]\nsso_session = corporate\nsso_account_id = ${account(number)}\nsso_role_name = Developer\n\n`;
const CONFIG = `[profile base]\nregion = eu-west-1\n\n[sso-session corporate]\nsso_start_url = https://corporate.awsapps.com/start\n`
  + `sso_region = eu-west-1\n\n${Array.from({ length: PROFILES }, (_, index) => profile(index + 1)).join('')}`;
const CREDENTIALS = '[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';

const vs = await openWindow({ files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS } });
const scenario = scenariosOf(vs);
const { page } = vs;
const rows = () => vs.labels(page.locator('.sidebar [role=treeitem]'));

/** How long something takes until it shows, in milliseconds: told with the test. */
async function timed(context, what, doing) {
  const start = performance.now();
  await doing();
  context.diagnostic(`${what}: ${Math.round(performance.now() - start)} ms`);
}

scenario('the squiggle follows what is typed in a file of 100,000 lines', async (context) => {
  assert.ok(CONFIG.split('\n').length > 100_000);
  await vs.goTo('.aws/config', `[profile ${MIDDLE}]`);
  await vs.goTo('.aws/config', `${account(10_001)}:role/OpsRole\nsource_profile = base`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  // The editor has only just opened the file, and asks for everything in it.
  await timed(context, 'an error after the first key', async () => {
    await vs.type('x');
    await vs.squiggles('.aws/config').first().waitFor();
  });
  const [found] = await vs.problemsOf('.aws/config');
  assert.equal(found.code, 'missing-source-profile');
  await timed(context, 'a line above it', async () => {
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await until(async () => (await vs.problemsOf('.aws/config'))[0]?.line === found.line + 1, 'the error one line further down');
  });
  await vs.screenshot('large-editor');
  await page.keyboard.press('End');
  await timed(context, 'no error after it is taken away', async () => {
    await page.keyboard.press('Backspace');
    await vs.squiggles('.aws/config').first().waitFor({ state: 'detached' });
  });
});

scenario('the tree shows parts of a long list, each of which unfolds', async (context) => {
  await timed(context, 'the tree', async () => {
    await vs.showContainer('Rolecall');
    await vs.treeRow('Assume-role profiles').waitFor();
    await vs.treeRow(`${name(1)} … ${name(499)}`).waitFor();
  });
  assert.match((await rows()).join('\n'), /Profiles, 1\nbase,.*\nAssume-role profiles, 10000\ndev-00001 to dev-00499, 250\ndev-00501 to dev-00999, 250/);
  await timed(context, 'a part', async () => {
    await vs.unfold(vs.treeRow(`${name(1)} … ${name(499)}`));
    await vs.namedRow(name(3)).waitFor();
  });
  await vs.screenshot('large-tree');
  await vs.namedRow(name(3)).click();
  await until(async () => (await vs.caret()).line === 18, 'the section');
});

scenario('a filter finds a profile while one types', async (context) => {
  await vs.showContainer('Rolecall');
  await vs.treeRow('Assume-role profiles').waitFor();
  await vs.execute('rolecall.profiles.focus');
  await vs.viewButton('Filter profiles…').first().click();
  await vs.input().waitFor();
  await timed(context, 'what fits', async () => {
    await vs.type(LAST);
    await vs.namedRow(LAST).waitFor();
    await until(async () => (await rows()).length === 2, 'nothing else');
  });
  await page.keyboard.press('Enter');
  await page.locator('.sidebar .message', { hasText: `1 profile of 20,001 with "${LAST}"` }).waitFor();
  await vs.screenshot('large-filter');
  await vs.viewButton('Clear filter').first().click();
  await vs.treeRow('Assume-role profiles').waitFor();
});

scenario('the details of a profile unfold wherever it stands', async (context) => {
  await timed(context, 'a profile in the middle', async () => {
    await vs.execute('rolecall.showProfile', { profile: MIDDLE });
    await vs.namedRow(MIDDLE).and(page.locator('[aria-expanded=true]')).waitFor();
  });
  await vs.screenshot('large-reveal');
});

scenario('the picker finds one of many, however fast one types', async (context) => {
  await vs.showContainer('Rolecall');
  await vs.treeRow('Assume-role profiles').waitFor();
  await vs.statusItem('rolecall.rolecall.rolecall.active').click();
  await vs.input().waitFor();
  await timed(context, 'the profile of new terminals', async () => {
    await vs.type(LAST);
    await page.keyboard.press('Enter');
    await vs.statusItem('rolecall.rolecall.rolecall.active').filter({ hasText: LAST }).waitFor();
  });
  await vs.execute('rolecall.setActiveProfile', { profile: null });
});
