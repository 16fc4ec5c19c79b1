// What may be seen of a conversation with the server. Everything is denied unless it stands on a list here.

const HIDDEN = "•••";

/** Members whose strings are names, places or kinds: never text of a file, a value, a message or an environment. */
const SHOWN_STRINGS = new Set([
  "uri", "targetUri", "documentUri", "rootUri", "baseUri", "scheme", "path", "languageId", "language", "pattern",
  "method", "command", "kind", "status", "rule", "code", "source", "severity", "trace", "id", "jsonrpc", "version",
  "profile", "profiles", "problems", "chain", "activeProfile", "readers", "can", "tokenTypes", "tokenModifiers",
  "triggerCharacters", "valueSet", "properties", "commands", "positionEncoding", "positionEncodings",
  "expiresAt", "accountId", "region",
]);

/** Members below which nothing is shown, however deep and whatever it is called there. */
const HIDDEN_BRANCHES = new Set([
  "env", "text", "newText", "insertText", "contents", "changes", "documentChanges", "edit", "keys",
]);

/** The same value with every string that is not on the list replaced. Numbers, booleans and nulls stay. */
export function redactValue(value: unknown, name = ""): unknown {
  if (typeof value === "string") {
    return SHOWN_STRINGS.has(name) ? redactLine(value) : HIDDEN;
  }
  if (Array.isArray(value)) {
    return value.map((item) => redactValue(item, name));
  }
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        // Keys can be data too, as the paths of an edit or the names of variables are.
        redactLine(key),
        HIDDEN_BRANCHES.has(key) ? HIDDEN : redactValue(item, key),
      ]),
    );
  }
  return value;
}

/** A trace entry: its first line names the message, the rest is JSON behind a label such as "Params: ". */
export function redactTrace(entry: string): string {
  const [head = "", ...rest] = entry.split("\n");
  const body = rest.join("\n").trim();
  const shown = redactHead(head);
  if (body === "" || body === "No parameters provided." || body === "No result returned.") {
    return join(shown, body);
  }
  const label = /^(?:Params|Result|Error data): /.exec(body)?.[0] ?? "";
  return join(shown, label + redactJson(body.slice(label.length)));
}

function join(head: string, body: string): string {
  return body === "" ? head : `${head}\n${body}`;
}

const HEAD = /^(?:Sending|Received) (?:request|notification|response) '[\w$/.-]+(?: - \([\w-]+\))?'(?:\.| in \d+ms\.)/;

/** A response that failed ends its head with the server's message, which stays only where it is one of ours. */
function redactHead(head: string): string {
  if (head.startsWith("{")) {
    return redactJson(head);
  }
  const known = HEAD.exec(head);
  return known === null ? HIDDEN : head === known[0] ? head : `${known[0]} ${HIDDEN}`;
}

function redactJson(text: string): string {
  try {
    return JSON.stringify(redactValue(JSON.parse(text)), undefined, 2);
  } catch {
    return HIDDEN;
  }
}

const SECRET_SHAPES: readonly RegExp[] = [
  // An access key id, of which the last four characters stay.
  /\b(?:AKIA|ASIA)[A-Z0-9]{8,}(?=[A-Z0-9]{4}\b)/g,
  // Secret keys have 40 characters of base64, tokens have more. Long folders look the same and are hidden with them.
  /[A-Za-z0-9+/=_-]{40,}/g,
  // The value after a name that speaks of a secret, up to the end of the line.
  /(?<=(?:secret|token|password|passwd|mfa[_ ]?code)[\w ]{0,24}["']?\s*[=:]\s*)\S.*/gi,
];

/** A line of a log in which what looks like a secret is replaced. The server writes none; this is the second lock. */
export function redactLine(line: string): string {
  return SECRET_SHAPES.reduce((text, shape) => text.replace(shape, HIDDEN), line);
}
