// The real VS Code in your browser, on a throw-away home with made-up AWS files and an AWS on this machine behind them.
//   node dev/demo.mjs [--port N] [--no-open]
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { makeHome, startCodeServer, windowAddress } from '../tests/e2e/rig/codeServer.mjs';
import { demoFiles, newSession } from '../tests/e2e/rig/demoFiles.mjs';
import { DEMO_SETTINGS } from '../tests/e2e/rig/settings.mjs';
import { startStandIn } from '../tests/e2e/rig/standIn.mjs';

const DENIED = { deniedRoles: ['arn:aws:iam::444455556666:role/Administrator'] };

const { values: options } = parseArgs({
  options: { port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } },
});

const closers = [];
let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  while (closers.length) await closers.pop()();
  console.log('\nStopped. Nothing is left behind.');
  process.exit(0);
}
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);

console.log('Starting …');
const standIn = await startStandIn(DENIED);
closers.push(standIn.stop);
let acme = newSession(standIn);
const place = makeHome(demoFiles(standIn, acme));
closers.push(place.remove);
const server = await startCodeServer(place, { settings: DEMO_SETTINGS, port: options.port });
closers.push(server.stop);
server.ended.then(stop);
const credentials = join(place.home, '.aws/credentials');
const address = windowAddress(server, place.home, { open: join(place.home, '.aws/config') });

console.log(`
Rolecall is at

  ${address}

  The icon with the badge on the left shows all profiles, and why some of them do not work.
  "Assume role" above [profile ops] asks for an MFA code: it is ${standIn.mfaCode}, and no other.
  The terminal that follows speaks as that role: env | grep AWS_
  Type in ~/.aws/config and ~/.aws/credentials; the comments there tell what to look at.
  broken/.aws holds two files that the AWS CLI refuses.

  r and Enter renews the session of profile "acme" on disk, as another program would. Rolecall asks what to do.
  Ctrl-C stops it all. Your own files are not read, and not written.
`);
if (!options['no-open']) openInBrowser(address);

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === 'r') renew();
}

/** As other tools write it: a new file in place of the old one. */
function renew() {
  const next = newSession(standIn);
  let text = readFileSync(credentials, 'utf8');
  for (const part of Object.keys(next)) text = text.replaceAll(acme[part], next[part]);
  writeFileSync(`${credentials}.new`, text, { mode: 0o600 });
  renameSync(`${credentials}.new`, credentials);
  acme = next;
  console.log('The session of "acme" is a new one now.');
}

function openInBrowser(url) {
  const opener = process.platform === 'darwin' ? 'open' : process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? 'xdg-open' : null;
  if (!opener) return;
  // Without one the address above does.
  spawn(opener, [url], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}
