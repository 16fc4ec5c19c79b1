// Takes out of VS Code's package.json what the tests and the demo never reach: compilers would be needed, or hundreds of megabytes.
import { readFileSync, writeFileSync } from 'node:fs';

const UNNEEDED = [
  '@devcontainers/cli', '@github/copilot-sdk', '@microsoft/mxc-sdk', '@vscode/copilot-api', '@vscode/sandbox-runtime', '@vscode/sqlite3',
  '@vscode/vscode-languagedetection', '@vscode/windows-process-tree', '@vscode/windows-registry', 'kerberos', 'ssh2',
];

const path = process.argv[2];
const manifest = JSON.parse(readFileSync(path, 'utf8'));
for (const name of UNNEEDED) delete manifest.dependencies[name];

// npm refuses an override of a version that nothing asks for any more. Its key may carry a version: "ssh2@1".
const nameOf = (key) => key.replace(/(?<=.)@[^@/]*$/, '');
for (const key of Object.keys(manifest.overrides ?? {})) {
  if (!manifest.dependencies[nameOf(key)]) delete manifest.overrides[key];
}
writeFileSync(path, JSON.stringify(manifest, null, 2) + '\n');
