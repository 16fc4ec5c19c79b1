import assert from "node:assert/strict";
import { test } from "node:test";
import { redactLine, redactTrace, redactValue } from "../../src/redact.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEY_ID = "ASIAIOSFODNN7EXAMPLE";
const TOKEN = `FwoGZXIvYXdzE${"Ab1/".repeat(60)}==`;
const FILE = `[ops]\naws_access_key_id = ${KEY_ID}\naws_secret_access_key = ${SECRET}\naws_session_token = ${TOKEN}\n`;
/** Looks like nothing in particular, so only its place gives it away. */
const PLAIN = "hunter2";
const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };

/** What the connection carries, by a name that says why it matters; each holds a secret somewhere. */
const MESSAGES = {
  "the text of an opened file": { textDocument: { uri: "file:///home/me/.aws/credentials", text: FILE } },
  "a change while typing": { textDocument: { uri: "file:///x", version: 3 }, contentChanges: [{ range: RANGE, text: PLAIN }] },
  "an edit that the server makes": { edit: { changes: { "file:///x": [{ range: RANGE, newText: FILE }] } } },
  "an edit of a code action": [{ title: `Change to ${SECRET}`, edit: { documentChanges: [{ edits: [{ newText: SECRET }] }] } }],
  "a completion": { items: [{ label: SECRET, insertText: SECRET, textEdit: { newText: SECRET }, data: { value: PLAIN } }] },
  "a hover": { contents: { kind: PLAIN, value: SECRET } },
  "a diagnostic": { uri: "file:///x", diagnostics: [{ message: SECRET, code: "duplicate-key", relatedInformation: [{ message: SECRET }] }] },
  "the environment of a terminal": { name: "ops", env: { AWS_SECRET_ACCESS_KEY: SECRET, path: PLAIN, kind: PLAIN } },
  "text for the clipboard": { text: FILE },
  "the answer to an MFA prompt": "123456",
  "the argument of a command": { command: "rolecall.paste", arguments: [{ profile: "ops", pasted: FILE }] },
  "progress": { token: TOKEN, value: { kind: "report", message: SECRET } },
  "a message with buttons": { type: 3, message: SECRET, actions: [{ title: SECRET }] },
  "a masked key": { keys: [{ name: "aws_secret_access_key", value: SECRET, path: PLAIN, kind: PLAIN }] },
  "a secret in place of a name": { profile: SECRET, kind: KEY_ID, uri: TOKEN, status: `aws_secret_access_key = ${SECRET}` },
  "a secret as the name of a member": { [SECRET]: 1, [KEY_ID]: { [TOKEN]: true } },
};

function assertClean(text, why) {
  for (const secret of [SECRET, KEY_ID, TOKEN, PLAIN, "123456", SECRET.slice(0, 12), TOKEN.slice(20, 50)]) {
    assert.ok(!text.includes(secret), `${why} shows ${secret.slice(0, 6)}…: ${text}`);
  }
}

for (const [name, message] of Object.entries(MESSAGES)) {
  test(`no secret in ${name}`, () => {
    assertClean(JSON.stringify(redactValue(message)), name);
    for (const label of ["Params: ", "Result: ", "Error data: ", ""]) {
      for (const space of [undefined, 4]) {
        assertClean(redactTrace(`Received notification 'x/y'.\n${label}${JSON.stringify(message, undefined, space)}\n\n`), name);
      }
    }
    // The other form of the protocol's trace is one object.
    assertClean(redactTrace(JSON.stringify({ isLSPMessage: true, type: "send-request", message })), name);
  });
}

test("no secret in a trace that is cut, or in what is no trace at all", () => {
  assertClean(redactTrace(`Sending request 'x - (1)'.\nParams: {"text": "${FILE}`), "a cut trace");
  assertClean(redactTrace(FILE), "a file");
  assertClean(redactTrace(`Received response 'x - (1)' in 3ms. Request failed: ${SECRET} (-32603).`), "an error");
});

test("what helps to find a fault stays", () => {
  const trace = redactTrace(
    `Sending request 'rolecall/profileDetail - (2)'.\nParams: ${JSON.stringify({ profile: "ops", uri: "file:///home/me/.aws/config", line: 4, text: "x" })}`,
  );
  assert.equal(
    trace,
    `Sending request 'rolecall/profileDetail - (2)'.\nParams: {\n  "profile": "ops",\n  "uri": "file:///home/me/.aws/config",\n  "line": 4,\n  "text": "•••"\n}`,
  );
  assert.equal(redactTrace("Received response 'shutdown - (9)' in 2ms.\nNo result returned.\n\n"), "Received response 'shutdown - (9)' in 2ms.\nNo result returned.");
  assert.equal(redactTrace("Sending notification 'exit'.\nNo parameters provided.\n\n"), "Sending notification 'exit'.\nNo parameters provided.");
});

const LINES = [
  ["Starting python3 -X utf8 -m rolecall serve", "Starting python3 -X utf8 -m rolecall serve"],
  [`key ${KEY_ID} is old`, "key •••MPLE is old"],
  [`read ${SECRET}`, "read •••"],
  ["aws_secret_access_key = short", "aws_secret_access_key = •••"],
  ['{"SessionToken": "abc", "n": 1}', '{"SessionToken": •••'],
  ["mfa_code: 123456", "mfa_code: •••"],
  ["token refreshed for ops", "token refreshed for ops"],
];
for (const [line, shown] of LINES) {
  test(`in the log, "${line.slice(0, 40)}" is shown as "${shown}"`, () => assert.equal(redactLine(line), shown));
}
