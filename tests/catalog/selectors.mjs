// The settings that the packages of the AWS SDK for JavaScript select from a profile, each with the names of what
// selects it, as JSON.   usage: node selectors.mjs FOLDER   where FOLDER holds node_modules
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const modules = path.resolve(process.argv[2], "node_modules");
const require = createRequire(path.join(modules, "selectors.js"));

function* scripts() {
  for (const scope of ["@smithy", "@aws-sdk"]) {
    for (const entry of readdirSync(path.join(modules, scope), { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath, entry.name);
      if (file.includes("dist-cjs") && file.endsWith(".js") && !/\.(browser|native)\.js$/.test(file)) yield file;
    }
  }
}

/** The keys that a selector asks a profile for. */
function asked(select) {
  const keys = new Set();
  const profile = new Proxy({}, {
    get: (_, key) => void keys.add(key),
    has: (_, key) => (keys.add(key), false),
  });
  try {
    select(profile, {});
  } catch {
    // Some say so in this way that a key is not set.
  }
  return keys;
}

const found = {};
for (const script of scripts()) {
  for (const [name, exported] of Object.entries(require(script))) {
    if (!/^NODE_\w+_OPTIONS$/.test(name)) continue;
    const options = typeof exported === "function" ? exported({}) : exported;
    for (const key of options.configFileSelector ? asked(options.configFileSelector) : []) {
      found[key] = [...new Set([...(found[key] ?? []), name])].sort();
    }
  }
}
console.log(JSON.stringify(found));
