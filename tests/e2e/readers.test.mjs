// What tools read differently: the subtle findings as they are underlined, and "Who can read this?".
import assert from 'node:assert/strict';
import { openWindow, scenariosOf, until } from './rig.mjs';

const CONFIG = `\
[default]
region = eu-west-1

[profile ops]
role_arn = arn:aws:iam::444455556666:role/OpsRole
source_profile = default
region = us-east-1 # main

[profile deploy]
role_arn = arn:aws:iam::444455556666:role/Deploy
source_profile = default
region = eu-west-1
  output = json

[DEFAULT]
cli_pager = less

[profile  audit]
role_arn = arn:aws:iam::444455556666:role/Audit
source_profile = default
region = eu-central-1
`;
const CREDENTIALS = `\
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`;

const vs = await openWindow({ files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS } });
const scenario = scenariosOf(vs);

const said = async () => Object.fromEntries((await vs.problemsOf('.aws/config')).map(({ code, line, message }) => [`${line} ${code}`, message]));

const readers = (...names) => vs.run(async (vscode, value) => {
  await vscode.workspace.getConfiguration('rolecall').update('readers', value, vscode.ConfigurationTarget.Global);
}, names.length ? names : undefined);

/** The lines of the hover, from the question on. */
async function answers() {
  const text = await vs.hover('Who can read this?').first().innerText();
  return text.slice(text.indexOf('Who can read this?')).split('\n').map((line) => line.trim()).filter(Boolean);
}

scenario('what no tool complains of is underlined, and Problems says who reads something else there', async () => {
  await vs.open('.aws/config');
  await vs.squiggles('.aws/config', 'warning').nth(2).waitFor();
  assert.deepEqual(await said(), {
    '7 inline-comment': 'The AWS CLI and boto3 read the comment as part of "region"; other SDKs cut it off',
    '13 swallowed-line': 'Indented, so this line becomes part of "region" above for the AWS CLI, Rust, Java and C',
    '15 default-section-leak': 'The AWS CLI and boto3 copy these settings into every other section of the file; '
      + 'the default profile is "[default]", in lower case',
  });
  await vs.showProblems();
  await vs.problem('read the comment as part of').waitFor();
  await vs.problem('this line becomes part of').waitFor();
  await vs.problem('copy these settings into every other section').waitFor();
  await vs.screenshot('readers-findings');
});

scenario('pointing at a value with a comment behind it tells what each tool reads', async () => {
  await vs.open('.aws/config');
  await vs.hoverOver('.aws/config', 'us-east-1 # main');
  assert.deepEqual(await answers(), [
    'Who can read this?', 'AWS CLI, boto3: region = us-east-1 # main', 'JavaScript, Rust, Go, C, Java: region = us-east-1',
  ]);
  await vs.screenshot('readers-hover-value', () => vs.hoverOver('.aws/config', 'us-east-1 # main'));
});

scenario('pointing at a swallowed line tells who takes it for a setting', async () => {
  await vs.open('.aws/config');
  await vs.hoverOver('.aws/config', 'output = json');
  assert.deepEqual(await answers(), [
    'Who can read this?', 'AWS CLI, boto3, Rust, C, Java: part of region', 'JavaScript, Go: output = json',
  ]);
});

scenario('pointing at a header tells who does not see the section', async () => {
  await vs.open('.aws/config');
  await vs.hoverOver('.aws/config', '[profile  audit]');
  const shown = await answers();
  assert.deepEqual(shown.at(-1), 'JavaScript: ignored');
  await vs.screenshot('readers-hover-header', () => vs.hoverOver('.aws/config', '[profile  audit]'));
});

scenario('a team that uses other tools too has more findings, and lenses that show the hover', async () => {
  await readers('botocore', 'javascript');
  try {
    await vs.open('.aws/config');
    // [DEFAULT] has one too, but nothing that can be done with it.
    const lens = vs.editor('.aws/config').locator('.codelens-decoration', { hasText: 'Assume role' }).locator('a', { hasText: 'Not read by JavaScript' });
    await lens.waitFor();
    await until(async () => Object.keys(await said()).includes('18 unreadable-profile-name'), 'a finding that concerns JavaScript');
    await vs.screenshot('readers-lens');
    await lens.click();
    await vs.hover('Who can read this?').first().waitFor();
    assert.ok((await answers()).includes('JavaScript: ignored'));
    assert.equal((await vs.caret()).line, 18);
  } finally {
    await readers();
  }
  await vs.codeLens('.aws/config', 'Not read by JavaScript').first().waitFor({ state: 'detached' });
});

scenario('nothing wants to leave this machine', () => assert.deepEqual(vs.blocked, []));
