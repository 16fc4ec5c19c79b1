// The client's tests in the real extension host, each as a test of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInExtensionHost } from './rig/extensionHost.mjs';

test('the client in the real extension host', async (context) => {
  const results = await runInExtensionHost({ files: { '.aws/config': '[default]\nregion = eu-west-1\n' } });
  assert.notEqual(results.length, 0);
  for (const { name, outcome, detail } of results) {
    await context.test(name, { skip: outcome === 'skip' }, () => assert.equal(outcome, 'ok', detail));
  }
});
