// What "make install" puts into VS Code: the packed extension, with the server and its libraries from inside the package.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { openWindow, scenariosOf } from './rig.mjs';
import { PYTHON, VSIX } from './rig/paths.mjs';

const folder = mkdtempSync(join(tmpdir(), 'rolecall-vsix-'));
after(() => rmSync(folder, { recursive: true, force: true }));
execFileSync(PYTHON, ['-m', 'zipfile', '-e', VSIX, folder]);
const extension = join(folder, 'extension');

const vs = await openWindow({
  files: {
    '.aws/config': '[profile dev]\nregion = eu-west-1\n\n[profile dev]\noutput = json\n',
    '.aws/credentials': '[dev]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n',
  },
  extensions: [extension],
});
const scenario = scenariosOf(vs);

scenario('the packed server finds problems', async () => {
  await vs.open('.aws/config');
  await vs.squiggles('.aws/config').first().waitFor();
  const problems = await vs.problemsOf('.aws/config');
  assert.deepEqual(problems.map(({ code, line }) => ({ code, line })), [{ code: 'duplicate-section', line: 4 }]);
});

scenario('its compiled files are kept in the storage of the extension, not beside the sources', async () => {
  assert.ok(existsSync(join(vs.user, 'User/globalStorage/rolecall.rolecall/pycache')));
  const compiled = readdirSync(vs.extensionFolder, { recursive: true }).filter((name) => name.endsWith('.pyc'));
  assert.deepEqual(compiled, []);
});

scenario('neither sources nor tests of the client are shipped', async () => {
  assert.deepEqual(readdirSync(extension).sort(), [
    'LICENSE.txt', 'bundled', 'changelog.md', 'dist', 'language-configuration.json', 'media', 'package.json', 'readme.md', 'server', 'syntaxes',
  ]);
});
