// Child processes that never outlive this one: each leads a process group, and the whole group is ended.
import { spawn } from 'node:child_process';

const GRACE = 4_000;
const live = new Set();

process.on('exit', () => live.forEach((child) => signal(child, 'SIGKILL')));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  // Otherwise a signal ends this process without its 'exit' event. Who handles the signal also ends the children.
  process.on(name, () => process.listenerCount(name) === 1 && process.exit(130));
}

/**
 * Starts a program and waits until it has printed `ready` (a RegExp) on its standard output.
 * Gives {match, child, output(), stop()}; what it printed is part of the error when it does not get that far.
 */
export async function start(command, args, { ready, env, cwd, deadline = 30_000 }) {
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  live.add(child);
  let output = '';
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(`could not start: ${error.message}`));
    child.once('exit', (code, name) => resolve(`ended with ${name ?? code}`));
  }).then((reason) => {
    live.delete(child);
    return reason;
  });
  child.stderr.on('data', (data) => { output += data; });
  const match = await new Promise((resolve, reject) => {
    const fail = (reason) => reject(new Error(`${command} ${reason}\n${output}`));
    const timer = setTimeout(() => { signal(child, 'SIGKILL'); fail(`was not ready within ${deadline / 1000} s`); }, deadline);
    child.stdout.on('data', (data) => {
      output += data;
      const found = ready.exec(output);
      if (found) { clearTimeout(timer); resolve(found); }
    });
    ended.then((reason) => { clearTimeout(timer); fail(reason); });
  });
  return {
    match,
    child,
    ended,
    output: () => output,
    async stop() {
      if (!live.has(child)) return;
      const timer = setTimeout(() => signal(child, 'SIGKILL'), GRACE);
      signal(child, 'SIGTERM');
      await ended;
      clearTimeout(timer);
      // A member of the group may have ignored the polite signal.
      signal(child, 'SIGKILL');
    },
  };
}

function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone already.
  }
}
