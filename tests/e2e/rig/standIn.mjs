// The AWS that answers in the tests and in the demo, on this machine only.
import { PYTHON, ROOT } from './paths.mjs';
import { start } from './processes.mjs';

/** Starts it and gives what it says about itself ({url, ...}) and stop(). */
export async function startStandIn(...args) {
  const { match, stop, output } = await start(PYTHON, ['-m', 'tests.support.standin', '--port', '0', ...args], {
    ready: /^\{.*"url".*\}$/m,
    cwd: ROOT,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: process.env.HOME, AWS_EC2_METADATA_DISABLED: 'true' },
  });
  return { ...JSON.parse(match[0]), output, stop };
}
