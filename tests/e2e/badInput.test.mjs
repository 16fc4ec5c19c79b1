// Files that are no text, no file, or too much of one: each is named for what it is, and the other file goes on working.
import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWindow, scenariosOf, until } from './rig.mjs';

const CONFIG = '[profile ops]\nrole_arn = arn:aws:iam::444455556666:role/OpsRole\nsource_profile = base\n';
const CREDENTIALS = '[base]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';

const vs = await openWindow({ files: { '.aws/config': CONFIG, '.aws/credentials': CREDENTIALS } });
const scenario = scenariosOf(vs);
const FILE = '.aws/credentials';
const path = join(vs.home, FILE);
const problems = async (file) => (await vs.problemsOf(file)).map(({ line, code }) => `${line} ${code}`);

/** Puts something in the place of the credentials file, runs the steps, and puts the file back. */
async function withCredentials(make, steps) {
  rmSync(path, { recursive: true, force: true });
  make();
  try {
    await steps();
  } finally {
    await vs.reset();
    rmSync(path, { recursive: true, force: true });
    vs.write(FILE, CREDENTIALS);
  }
}

const bytes = (...parts) => () => writeFileSync(path, Buffer.concat(parts.map((part) => Buffer.from(part))), { mode: 0o600 });

/** That the config file is still checked while it is typed. */
async function otherFileWorks() {
  await vs.open('.aws/config');
  await vs.append('.aws/config', '\n[profile ops]\n');
  await until(async () => (await problems('.aws/config')).includes('5 duplicate-section'), 'the problem of the other file');
}


scenario('bytes that are not UTF-8', async () => {
  await withCredentials(bytes(CREDENTIALS, '# caf', [0xe9], '\n'), async () => {
    await vs.open(FILE);
    await until(async () => (await problems(FILE)).includes('4 not-utf8'), 'the byte');
    await vs.screenshot('bad-not-utf8');
    await otherFileWorks();
  });
});

scenario('UTF-16', async () => {
  await withCredentials(bytes([0xff, 0xfe], Buffer.from(CREDENTIALS, 'utf16le')), async () => {
    await vs.open(FILE);
    await until(async () => (await vs.problemsOf(FILE)).some(({ code, message }) => code === 'not-utf8' && message.includes('UTF-16')), 'UTF-16');
    await otherFileWorks();
  });
});

scenario('a NUL', async () => {
  await withCredentials(bytes(CREDENTIALS, '[zero]\nregion = a\0b\n'), async () => {
    // The editor itself takes such a file for a binary one.
    await vs.open('.aws/config');
    await vs.showContainer('Rolecall');
    await vs.namedRow('zero').waitFor();
    await otherFileWorks();
  });
});

scenario('a line of 70,000 characters', async () => {
  await withCredentials(bytes(CREDENTIALS, `[long]\nregion = ${'x'.repeat(70_000)}\n`), async () => {
    await vs.open(FILE);
    const found = await until(async () => (await vs.problemsOf(FILE)).find(({ code }) => code === 'unknown-region'), 'the region');
    assert.ok(found.message.length < 300, `${found.message.length} characters`);
    await vs.goTo(FILE, 'AKIAIOSFODNN7EXAMPLE');
    await vs.hoverOver(FILE, 'aws_access_key_id');
    await vs.hover('aws_access_key_id').first().waitFor();
    await otherFileWorks();
  });
});

scenario('an empty file', async () => {
  await withCredentials(bytes(), async () => {
    await vs.open(FILE);
    await vs.open('.aws/config');
    await until(async () => (await problems('.aws/config')).includes('3 missing-source-profile'), 'the profile that is gone');
    await until(async () => (await problems(FILE)).length === 0, 'no problem of its own');
    await otherFileWorks();
  });
});

scenario('a folder in place of the file', async () => {
  await withCredentials(() => mkdirSync(path), async () => {
    await vs.execute('rolecall.openCredentials');
    await vs.toast('credentials is a folder').waitFor();
    await vs.screenshot('bad-folder');
    await otherFileWorks();
  });
});

scenario('a symbolic link stays one when something is written through it', async () => {
  const real = join(vs.home, 'dotfiles-credentials');
  await withCredentials(() => { vs.write('dotfiles-credentials', CREDENTIALS.replace('[base]', '[linked]')); symlinkSync(real, path); }, async () => {
    await vs.showContainer('Rolecall');
    await vs.namedRow('linked').waitFor();
    await vs.open(FILE);
    await until(async () => (await problems('.aws/config')).includes('3 missing-source-profile'), 'what the link leads to');
    await otherFileWorks();
  });
});

scenario('lines that end as on Windows', async () => {
  await withCredentials(bytes(`${CREDENTIALS}[base]\nregion = eu-wset-1\n`.replaceAll('\n', '\r\n')), async () => {
    await vs.open(FILE);
    await until(async () => (await problems(FILE)).includes('4 duplicate-section'), 'the problems');
    await vs.quickFixByKeyboard(FILE, '[base]\r\nregion');
    await vs.menuEntry('Merge into the section on line 1').click();
    await until(async () => !(await vs.textOf(FILE)).includes('\r\n[base]'), 'the merged section');
    assert.ok(!/[^\r]\n/.test(await vs.textOf(FILE)));
    await otherFileWorks();
  });
});

scenario('a file that is replaced again and again, as by a tool that writes carelessly', async () => {
  await withCredentials(() => vs.write(FILE, ''), async () => {
    await vs.open('.aws/config');
    for (let round = 0; round < 10; round += 1) {
      vs.write(`${FILE}.new`, `${CREDENTIALS}[round-${round}]\nregion = eu-west-1\n`);
      renameSync(`${path}.new`, path);
    }
    await vs.showContainer('Rolecall');
    await vs.namedRow('round-9').waitFor();
    await otherFileWorks();
  });
});

scenario('the server never stopped', () => {
  const logs = vs.logs();
  assert.ok(!/Traceback|server crashed|Connection to server got closed/i.test(logs), logs.match(/.*(?:Traceback|crashed|got closed)[^]{0,800}/i)?.[0]);
});
