// Where things are in a working copy that "make setup" has prepared.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const EXTENSION = join(ROOT, 'client-extension');
export const VSIX = join(ROOT, 'rolecall.vsix');
export const PYTHON = join(ROOT, '.venv/bin/python');
export const OUTPUT = join(ROOT, 'tests/e2e/output');
export const RIG = join(ROOT, '.tools/rig');

/** Loads a package of .tools/rig: these files lie outside of its node_modules. */
export const requireTool = createRequire(join(RIG, 'package.json'));
