// Takes the pictures of the README from the demo: client-extension/media/screenshot-light.png and -dark.png.
import { join } from 'node:path';
import { demoFiles, newSession, openWindow, startStandIn } from '../tests/e2e/rig.mjs';
import { EXTENSION } from '../tests/e2e/rig/paths.mjs';

const standIn = await startStandIn();
const vs = await openWindow({ files: demoFiles(standIn, newSession(standIn)), output: join(EXTENSION, 'media') });
try {
  await vs.open('.aws/config');
  await vs.goTo('.aws/config', '[profile typo]');
  await vs.codeLens('.aws/config', 'Assume role').first().waitFor();
  await vs.squiggles('.aws/config', 'warning').first().waitFor();
  await vs.showContainer('Rolecall');
  await vs.treeRow('ops').first().waitFor();
  await vs.showProblems();
  await vs.screenshot('screenshot');
} finally {
  await vs.close();
  await standIn.stop();
}
