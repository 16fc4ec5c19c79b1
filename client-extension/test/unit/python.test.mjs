import assert from "node:assert/strict";
import { test } from "node:test";
import { isSupported, parseVersion } from "../../src/pythonVersion.ts";

const OUTPUTS = [
  ["3.11\n", { major: 3, minor: 11 }, true],
  ["3.14\r\n", { major: 3, minor: 14 }, true],
  ["3.9\n", { major: 3, minor: 9 }, false],
  ["2.7\n", { major: 2, minor: 7 }, false],
  ["4.0\n", { major: 4, minor: 0 }, true],
];
for (const [output, version, supported] of OUTPUTS) {
  test(`${JSON.stringify(output)} is ${supported ? "new enough" : "too old"}`, () => {
    assert.deepEqual(parseVersion(output), version);
    assert.equal(isSupported(version), supported);
  });
}

for (const output of ["", "Python was not found; run without arguments to install\n", "3", "3.11.2", "3.x", "v3.11"]) {
  test(`${JSON.stringify(output)} is no version`, () => assert.equal(parseVersion(output), undefined));
}
