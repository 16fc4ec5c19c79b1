// The tests' end of the bridge extension.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { DEADLINE, until } from './waiting.mjs';

export const BRIDGE = join(ROOT, 'tests/e2e/rig/bridge');

/**
 * `run(task, ...args)` calls the function `task` in the extension host as task(vscode, ...args) and gives what it returns.
 * Task, arguments and answer travel as text: the task sees nothing of where it was written.
 * `env` is what code-server must be started with.
 */
export async function openBridge() {
  const path = `/${randomUUID()}`;
  let target;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => { body += data; });
    request.on('end', () => {
      // A reloaded window has a new extension host, which announces itself anew.
      if (request.url === path) target = body;
      response.end();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    env: { ROLECALL_BRIDGE: `http://127.0.0.1:${server.address().port}${path}` },
    close: () => server.close(),
    async run(task, ...args) {
      const address = await until(() => target, 'a call from the extension host', 2 * DEADLINE);
      const body = JSON.stringify({ source: String(task), args });
      const response = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(2 * DEADLINE) });
      const { value, error } = await response.json();
      if (error) throw new Error(`in the extension host: ${error}`);
      return value;
    },
  };
}
