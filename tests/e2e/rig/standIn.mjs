// The AWS that answers in the tests and in the demo, on this machine only.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf } from './codeServer.mjs';
import { PYTHON, ROOT } from './paths.mjs';
import { start } from './processes.mjs';

/**
 * Starts it with a configuration ({deniedRoles, requiresMfa, keys, knownDevices}, each optional).
 * Gives what it says about itself ({url, mfaCode, keys}), output() and stop().
 */
export async function startStandIn(config = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rolecall-aws-'));
  const file = join(folder, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const { match, output, stop } = await start(PYTHON, ['-m', 'tests.support.standin', '--port', '0', '--config', file], {
    ready: /^\{.*"url".*\}$/m,
    cwd: ROOT,
    env: environmentOf(folder, { AWS_EC2_METADATA_DISABLED: 'true' }),
  });
  return {
    ...JSON.parse(match[0]),
    output,
    async stop() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
