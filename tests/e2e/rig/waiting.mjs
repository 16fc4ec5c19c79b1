// Waiting for what sends no signal of its own. Everything else waits on a locator, an event or a request.
import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

export const DEADLINE = 15_000;

/** Asks again until the answer is truthy, and gives that answer. `what` is the subject of the error. */
export async function until(probe, what, deadline = DEADLINE) {
  const end = Date.now() + deadline;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${deadline / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The text of a file that another process puts there by a rename, so that it is whole when it is seen. */
export function fileText(path, deadline = DEADLINE) {
  return new Promise((resolve, reject) => {
    const watcher = watch(dirname(path), (_event, name) => name === basename(path) && look());
    const timer = setTimeout(() => finish(reject, new Error(`${path} did not appear within ${deadline / 1000} s`)), deadline);
    const finish = (settle, value) => {
      clearTimeout(timer);
      watcher.close();
      settle(value);
    };
    const look = () => existsSync(path) && finish(resolve, readFileSync(path, 'utf8'));
    look();
  });
}
