import assert from "node:assert/strict";
import { test } from "node:test";
import { filterMessage, isComplete, membersOf, partLabel } from "../../src/groups.ts";
import { describe, describeAccount, isProduction, problemCount, roleName, shortId } from "../../src/labels.ts";
import { absoluteTime, crossed, timeLeft } from "../../src/time.ts";

const NOW = Date.parse("2026-11-22T11:04:00Z");

function profile(name, fields = {}) {
  return {
    name, kind: "static", status: "ok", problems: [], accountId: null, account: null, region: null, roleArn: null,
    chain: [name], expiresAt: null, definedAt: [], keys: [], ...fields,
  };
}

function account(name, fields = {}) {
  return {
    name, accountId: null, profile: null, role: null, region: null, environment: null, endpointUrl: null,
    path: "/a.json", line: 1, problems: [], ...fields,
  };
}

function snapshot(members, accounts = [], fields = {}) {
  const file = { path: "/x", exists: true };
  const groups = Object.entries({ ...members, ...(accounts.length > 0 ? { accounts } : {}) })
    .map(([id, found]) => ({ id, total: found.length, parts: [[found[0].name, found.at(-1).name]] }));
  const profiles = Object.values(members).flat();
  return {
    version: 1, profiles, total: profiles.length, all: profiles.length, group: null, offset: 0, groups, problems: 0, named: [],
    accounts, files: { config: file, credentials: file }, ...fields,
  };
}

test("the members of a group are cut out of an answer that has everything, group after group", () => {
  const found = snapshot({ profiles: [profile("z"), profile("a")], roles: [profile("ops")] }, [account("Acme")]);
  const names = (id) => membersOf(found, id).map(({ name }) => name);
  assert.deepEqual(found.groups.map(({ id }) => names(id)), [["z", "a"], ["ops"], ["Acme"]]);
  assert.equal(isComplete(found), true);
});

test("an answer with too few profiles, or with a group in several parts, has not everything", () => {
  assert.equal(isComplete(snapshot({ roles: [profile("ops")] }, [], { total: 2 })), false);
  const accounts = { id: "accounts", total: 2, parts: [["a", "a"], ["b", "b"]] };
  assert.equal(isComplete(snapshot({}, [], { groups: [accounts] })), false);
  assert.equal(isComplete(snapshot({})), true);
});

test("a part is called by its first and its last name", () => {
  assert.equal(partLabel("dev-0001", "dev-0250"), "dev-0001 … dev-0250");
  assert.equal(partLabel("dev-0251", "dev-0251"), "dev-0251");
});

test("a filter says what it found", () => {
  assert.equal(filterMessage("", 20000, 20000), "");
  assert.equal(filterMessage("ops", 1234, 20000), '1,234 profiles of 20,000 with "ops"');
  assert.equal(filterMessage("ops", 1, 20000), '1 profile of 20,000 with "ops"');
  assert.equal(filterMessage("ops", 0, 20000), 'No profile of 20,000 with "ops"');
});

const TIMES = [
  [null, undefined],
  ["not a time", undefined],
  ["2026-11-22T11:04:00Z", "expired"],
  ["2026-11-21T00:00:00Z", "expired"],
  ["2026-11-22T11:04:01Z", "1 m"],
  ["2026-11-22T12:03:00Z", "59 m"],
  ["2026-11-22T12:04:00Z", "1 h"],
  ["2026-11-22T22:36:00Z", "11 h 32 m"],
  ["2026-11-22T23:36:00+01:00", "11 h 32 m"],
  ["2026-11-24T11:03:00Z", "47 h 59 m"],
  ["2026-11-24T11:04:00Z", "2 d"],
  ["2026-11-25T14:04:00Z", "3 d 3 h"],
];
for (const [expiresAt, left] of TIMES) {
  test(`${expiresAt} is ${left} away`, () => assert.equal(timeLeft(expiresAt, NOW), left));
}

test("absolute times are told in UTC", () => {
  assert.equal(absoluteTime("2026-11-22T12:04:59+01:00"), "2026-11-22 11:04 UTC");
  assert.equal(absoluteTime("soon"), "soon");
});

test("a time is crossed once: after the first moment, up to the second", () => {
  const end = "2026-11-22T11:04:00Z";
  assert.equal(crossed([null, end], NOW - 1, NOW), true);
  assert.equal(crossed([end], NOW, NOW + 1), false);
  assert.equal(crossed([end], NOW - 2, NOW - 1), false);
  assert.equal(crossed([null, "never"], 0, Number.POSITIVE_INFINITY), false);
});

const DESCRIPTIONS = [
  [{}, ""],
  [{ accountId: "111122223333" }, "1111…3333"],
  [{ accountId: "111122223333", account: "Acme Dev" }, "Acme Dev · 1111…3333"],
  [{ accountId: "111122223333", problems: ["unmatched-profile"] }, "no account"],
  [{ kind: "assume-role", roleArn: "arn:aws:iam::444455556666:role/team/OpsRole", account: "Acme Production", accountId: "444455556666",
     expiresAt: "2026-11-22T22:36:00Z" }, "11 h 32 m · OpsRole · Acme Production"],
  [{ kind: "sso", account: "Sandbox", expiresAt: "2026-11-22T00:00:00Z" }, "expired · Sandbox"],
];
for (const [fields, text] of DESCRIPTIONS) {
  test(`a profile is described as "${text}"`, () => assert.equal(describe(profile("a", fields), NOW), text));
}

test("an account is described by its environment and id", () => {
  assert.equal(describeAccount(account("A", { accountId: "444455556666", environment: "production" })), "production · 4444…6666");
  assert.equal(describeAccount(account("A", { endpointUrl: "http://localhost:4566" })), "local");
  assert.equal(describeAccount(account("A")), "");
});

test("production is told by the environment alone, in any case", () => {
  assert.equal(isProduction(account("A", { environment: "Production" })), true);
  assert.equal(isProduction(account("production", { environment: "staging" })), false);
  assert.equal(isProduction(undefined), false);
});

test("short words for long ones", () => {
  assert.equal(shortId("111122223333"), "1111…3333");
  assert.equal(shortId("1234"), "1234");
  assert.equal(roleName("arn:aws:iam::444455556666:role/OpsRole"), "OpsRole");
  assert.equal(roleName(null), undefined);
  assert.deepEqual([0, 1, 2].map(problemCount), [undefined, "1 problem", "2 problems"]);
});
