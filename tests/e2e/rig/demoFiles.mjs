// The made-up AWS files of the demo, filled in with the keys that the stand-in knows.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from './codeServer.mjs';
import { PYTHON, ROOT } from './paths.mjs';

const FIXTURES = join(ROOT, 'tests/fixtures/demo');
const ACCOUNT = '111122223333';
// Ids of this kind tell the account; the documentation's own do not.
const TELLS_ACCOUNT = /^AKIA[Q-Z2-7]/;

/** A session of the account's user, new each time: {keyId, secret, token}. `standIn` is from startStandIn. */
export function newSession(standIn) {
  const input = JSON.stringify({ url: standIn.url, ...baseKey(standIn) });
  return JSON.parse(execFileSync(PYTHON, [join(ROOT, 'dev/renew.py')], { input, env: environmentOf(tmpdir()), encoding: 'utf8' }));
}

/** Paths in a home, with their texts. `acme` is the session that the profile of this name holds. */
export function demoFiles(standIn, acme) {
  const values = { endpoint: standIn.url, ...flat('base', baseKey(standIn)), ...flat('acme', acme) };
  const fill = (name) => readFileSync(join(FIXTURES, name), 'utf8').replaceAll(/\{\{(.+?)\}\}/g, (_all, key) => values[key]);
  return {
    '.aws/config': fill('config'),
    '.aws/credentials': fill('credentials'),
    'broken/.aws/config': fill('broken/config'),
    'broken/.aws/credentials': fill('broken/credentials'),
    '.config/rolecall/accounts.json': fill('accounts.json'),
  };
}

function baseKey({ keys }) {
  const key = keys.find(({ accessKeyId, account }) => account === ACCOUNT && TELLS_ACCOUNT.test(accessKeyId));
  return { keyId: key.accessKeyId, secret: key.secretAccessKey };
}

const flat = (prefix, object) => Object.fromEntries(Object.entries(object).map(([key, value]) => [`${prefix}.${key}`, value]));
