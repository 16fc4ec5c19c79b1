// From a profile to a live session: roles, MFA codes, terminals, and what AWS refuses.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { openWindow, scenariosOf, startStandIn, until } from './rig.mjs';
import { PYTHON } from './rig/paths.mjs';

const standIn = await startStandIn({ deniedRoles: ['arn:aws:iam::444455556666:role/Administrator'] });
const key = standIn.keys.find(({ accessKeyId }) => accessKeyId === 'AKIAIOSFODNN7EXAMPLE');

const CONFIG = `\
[profile base]
region = eu-west-1
services = here

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
mfa_serial = arn:aws:iam::111122223333:mfa/me
region = eu-west-1
services = here

[profile readonly]
role_arn = arn:aws:iam::444455556666:role/ReadOnly
source_profile = base
region = eu-central-1
services = here

[profile intern]
role_arn = arn:aws:iam::444455556666:role/Administrator
source_profile = base
region = eu-west-1
services = here

[profile far]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = base
region = eu-west-1
services = nowhere

[services here]
sts =
  endpoint_url = ${standIn.url}

[services nowhere]
sts =
  endpoint_url = http://127.0.0.1:1
`;
const CREDENTIALS = `\
[base]
aws_access_key_id = ${key.accessKeyId}
aws_secret_access_key = ${key.secretAccessKey}
`;
const ACCOUNTS = JSON.stringify({ accounts: [{ name: 'Acme Production', accountId: '444455556666', profile: 'ops', environment: 'production' }] });

const vs = await openWindow({
  files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS, '.config/rolecall/accounts.json': ACCOUNTS },
});
const scenario = scenariosOf(vs);
after(() => standIn.stop());
const { page } = vs;

const row = vs.namedRow;
const credentials = () => readFileSync(join(vs.home, '.aws/credentials'), 'utf8');
/** A new server knows no session. */
const forgetSessions = async () => {
  await vs.execute('rolecall.restartServer');
  await vs.showContainer('Rolecall');
  await row('ops').waitFor();
};
const AS_WHOM = `${PYTHON} -c 'import boto3; print(boto3.client("sts").get_caller_identity()["Arn"])'`;

scenario('"Assume role" above a role asks for a code, asks again after a wrong one, and says what is ready', async () => {
  await vs.open('.aws/config', { line: 5 });
  await vs.codeLens('.aws/config', 'Assume role').first().click();
  await vs.inputTitle().filter({ hasText: 'MFA code for ops' }).waitFor();
  await vs.inputMessage('arn:aws:iam::111122223333:mfa/me').waitFor();
  await vs.screenshot('sessions-mfa');
  await vs.input().fill('12');
  await vs.inputMessage('Six digits').waitFor();
  await vs.answer('654321');
  await vs.inputMessage('The code was not accepted. Wait for the next one.').waitFor();
  await vs.screenshot('sessions-mfa-again');
  await vs.answer(standIn.mfaCode);
  const toast = vs.toast('ops is ready in Acme Production 4444…6666 until');
  await toast.waitFor();
  for (const use of ['Open terminal', 'Write to a profile', 'Copy export lines']) await toast.locator('.monaco-button', { hasText: use }).waitFor();
  await vs.screenshot('sessions-ready');
});

scenario('the session works in the terminal that follows, and only there', async () => {
  await vs.execute('rolecall.setActiveProfile', { profile: 'base' });
  await vs.execute('rolecall.assumeRole', { profile: 'ops' });
  await vs.toastButton('ops is ready', 'Open terminal').click();
  await vs.terminal('ops');
  const env = await vs.inTerminal('env | grep ^AWS_ | sort');
  assert.match(env, /^AWS_ACCESS_KEY_ID=ASIA/m);
  assert.match(env, /^AWS_SESSION_TOKEN=./m);
  assert.match(env, /^AWS_REGION=eu-west-1$/m);
  assert.doesNotMatch(env, /^AWS_PROFILE=/m);
  assert.match(await vs.inTerminal(AS_WHOM), /^arn:aws:sts::444455556666:assumed-role\/OpsRole\//);
  await vs.screenshot('sessions-terminal');

  await vs.newTerminal();
  assert.equal(await vs.inTerminal('env | grep ^AWS_'), 'AWS_PROFILE=base\n');
  await vs.execute('rolecall.setActiveProfile', { profile: null });
  await vs.newTerminal();
  assert.equal(await vs.inTerminal('env | grep ^AWS_'), '');
});

scenario('the tree assumes a role too, and then shows how long the session lasts', async () => {
  await forgetSessions();
  await vs.clickRowButton(row('ops'), 'Assume role');
  await vs.inputTitle().filter({ hasText: 'MFA code for ops' }).waitFor();
  await vs.answer('000000');
  await vs.inputMessage('The code was not accepted').waitFor();
  await vs.answer(standIn.mfaCode);
  await vs.toast('ops is ready').waitFor();
  await row('ops').locator('.label-description', { hasText: /^(1 h|59 m)/ }).waitFor();
  await vs.screenshot('sessions-tree');
});

scenario('three wrong codes end it, in one sentence', async () => {
  await forgetSessions();
  await vs.clickRowButton(row('ops'), 'Assume role');
  for (const again of [false, true, true]) {
    await (again ? vs.inputMessage('The code was not accepted') : vs.inputTitle().filter({ hasText: 'MFA code' })).waitFor();
    // The box of the next question is another one, and empty.
    await until(async () => await vs.input().inputValue() === '', 'an empty box');
    await vs.answer('000000');
  }
  const toast = vs.toast('Could not assume OpsRole: the MFA code was not accepted. Wait for the next code and try again.');
  await toast.waitFor();
  assert.equal(await page.locator('.notifications-toasts .notification-list-item').count(), 1);
});

scenario('closing the box for the code ends it without a word', async () => {
  await forgetSessions();
  await vs.clickRowButton(row('ops'), 'Assume role');
  await vs.inputTitle().filter({ hasText: 'MFA code for ops' }).waitFor();
  await page.keyboard.press('Escape');
  await vs.input().waitFor({ state: 'detached' });
  await page.locator('.notifications-toasts .notification-list-item').waitFor({ state: 'detached' });
  await vs.execute('rolecall.whoAmI', { profile: 'base' });
  await vs.toast('base is').waitFor();
  assert.equal(await page.locator('.notifications-toasts .notification-list-item').count(), 1);
});

scenario('what takes long shows in the status bar, and can be cancelled there', async () => {
  await forgetSessions();
  await fetch(`${standIn.url}/_standin/fault`, { method: 'POST', body: JSON.stringify({ kind: 'hang' }) });
  await vs.clickRowButton(row('readonly'), 'Assume role');
  const progress = page.locator('.statusbar-item', { hasText: 'Assuming the role of readonly' });
  await progress.locator('a').click();
  const item = page.locator('.notifications-center .notification-list-item', { hasText: 'Assuming the role of readonly' });
  await item.waitFor();
  await vs.screenshot('sessions-progress');
  await item.locator('.monaco-button', { hasText: 'Cancel' }).click();
  await progress.waitFor({ state: 'detached' });
  assert.equal(await page.locator('.notifications-toasts .notification-list-item').count(), 0);
});

scenario('a session goes to a profile of the credentials file, with its expiry and nothing twice', async () => {
  const check = () => {
    const text = credentials();
    assert.ok(text.startsWith(CREDENTIALS));
    assert.equal(text.match(/\[today\]/g).length, 1);
    for (const name of ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'x_security_token_expires']) {
      assert.equal(text.split('[today]')[1].match(new RegExp(`^${name} = \\S+$`, 'mg'))?.length, 1, name);
    }
  };
  await vs.showContainer('Rolecall');
  await vs.clickRowButton(row('readonly'), 'Assume role');
  await vs.toastButton('readonly is ready', 'Write to a profile').click();
  await vs.inputTitle().filter({ hasText: 'Write the session of readonly' }).waitFor();
  await vs.input().fill('today');
  await vs.pick('today').first().waitFor();
  await vs.screenshot('sessions-write');
  await page.keyboard.press('Enter');
  await vs.toast('The session of readonly is in profile today until').waitFor();
  check();
  await vs.execute('rolecall.writeSession', { profile: 'readonly', target: 'today' });
  check();
  assert.equal(statSync(join(vs.home, '.aws/credentials')).mode & 0o777, 0o600);
  await row('today').locator('.label-description', { hasText: /^(1 h|59 m)/ }).waitFor();
  await vs.newTerminal();
  assert.match(await vs.inTerminal(`AWS_PROFILE=today AWS_ENDPOINT_URL_STS=${standIn.url} AWS_DEFAULT_REGION=eu-west-1 ${AS_WHOM}`), /assumed-role\/ReadOnly\//);
});

scenario('export lines come by the clipboard', async () => {
  await vs.execute('rolecall.copyExports', { profile: 'readonly' });
  await vs.toast('The session of readonly is on the clipboard until').waitFor();
  const lines = await vs.clipboard(/AWS_SESSION_TOKEN=/);
  assert.match(lines, /^export AWS_ACCESS_KEY_ID=ASIA\w+$/m);
  await vs.newTerminal();
  assert.match(await vs.inTerminal(`${lines.trim().replaceAll('\n', '; ')}; ${AS_WHOM}`), /assumed-role\/ReadOnly\//);
});

scenario('"Who am I" names the identity and its account', async () => {
  await vs.execute('rolecall.whoAmI', { profile: 'base' });
  await vs.toast('base is arn:aws:iam::111122223333:user/me in account 1111…3333.').waitFor();
  await vs.screenshot('sessions-who-am-i');
  await vs.toastButton('base is', 'Copy ARN').click();
  assert.equal(await vs.clipboard(/^arn:/), 'arn:aws:iam::111122223333:user/me');
});

scenario('a role that AWS denies', async () => {
  await vs.runByPalette('Rolecall: Assume role');
  await vs.pick('intern').first().click();
  const toast = vs.toast('Could not assume Administrator: AWS denied it to profile "base". Check the role\'s trust policy and permissions.');
  await toast.waitFor();
  assert.equal(await page.locator('.notifications-toasts .notification-list-item').count(), 1);
  await vs.screenshot('sessions-denied');
});

scenario('an STS that cannot be reached', async () => {
  await vs.execute('rolecall.assumeRole', { profile: 'far' });
  await vs.toast('Could not reach STS at 127.0.0.1:1. Check that it runs there, or the endpoint_url.').waitFor();
  assert.equal(await page.locator('.notifications-toasts .notification-list-item').count(), 1);
});

scenario('no secret is in the log', async () => {
  const logs = vs.logs();
  for (const secret of [key.secretAccessKey, standIn.mfaCode, ...credentials().match(/(?<=aws_(secret_access_key|session_token) = )\S+/g)]) {
    assert.ok(!logs.includes(secret), 'a secret in the log');
  }
});
