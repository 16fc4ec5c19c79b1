// Loaded by the extension host. Writes one line for each test to $RIG_TEST_OUT: "ok NAME", "skip NAME" or "not ok NAME" and a stack.
const fs = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");

exports.run = async function run() {
  const mocha = new Mocha({ ui: "tdd", color: false, timeout: 20_000 });
  for (const file of fs.readdirSync(__dirname).filter((name) => name.endsWith(".test.js"))) {
    mocha.addFile(path.join(__dirname, file));
  }
  const lines = [];
  const failures = await new Promise((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => lines.push(`ok ${test.fullTitle()}`));
    runner.on("pending", (test) => lines.push(`skip ${test.fullTitle()}`));
    runner.on("fail", (test, error) => lines.push(`not ok ${test.fullTitle()}`, String(error.stack ?? error)));
  });
  const out = process.env.RIG_TEST_OUT;
  if (out !== undefined) {
    // The reader waits for the file, so it must appear whole.
    fs.writeFileSync(`${out}.part`, `${lines.join("\n")}\n`);
    fs.renameSync(`${out}.part`, out);
  }
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
};
