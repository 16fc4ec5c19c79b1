// The reasons behind an icon of the tree, each a link to its line.
import * as vscode from "vscode";
import { join, kindLabel, problemCount, roleName } from "./labels.ts";
import type { Account, Problem, Profile, Severity } from "./protocol.ts";
import { absoluteTime } from "./time.ts";

export const SEVERITY_ICONS: Record<Severity, string> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "lightbulb",
};

export function profileTooltip(profile: Profile, problems: readonly Problem[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  // Links may run this one command and nothing else.
  text.isTrusted = { enabledCommands: ["rolecall.goToLine"] };
  text.appendMarkdown(`**${escape(profile.name)}** · ${escape(kindLabel(profile.kind))}\n\n`);
  const facts = [
    join(profile.account ?? undefined, profile.accountId ?? undefined),
    profile.chain.length > 1 ? profile.chain.join(" → ") : undefined,
    join(roleName(profile.roleArn), profile.region ?? undefined),
    profile.expiresAt === null ? undefined : `Expires ${absoluteTime(profile.expiresAt)}`,
  ];
  for (const fact of facts.filter((value) => value !== undefined && value !== "")) {
    text.appendMarkdown(`${escape(fact ?? "")}\n\n`);
  }
  text.appendMarkdown(problems.length > 0 ? problems.map(problemLine).join("\n\n") : remark(profile));
  return text;
}

export function accountTooltip(account: Account): vscode.MarkdownString {
  const text = new vscode.MarkdownString(undefined, true);
  text.appendMarkdown(`**${escape(account.name)}**\n\n`);
  const rows = [
    ["Account", account.accountId], ["Profile", account.profile], ["Role", account.role], ["Region", account.region],
    ["Environment", account.environment], ["Endpoint", account.endpointUrl],
    ["Problems", account.problems.length > 0 ? account.problems.join(", ") : null],
  ];
  for (const [label, value] of rows.filter(([, value]) => value != null)) {
    text.appendMarkdown(`${label}: ${escape(value ?? "")}\n\n`);
  }
  return text;
}

/** Without places there is still the number; without problems the icon is explained all the same. */
function remark(profile: Profile): string {
  return escape(problemCount(profile.problems.length) ?? "Nothing to report");
}

function problemLine(problem: Problem): string {
  const place = encodeURIComponent(JSON.stringify([{ path: problem.path, line: problem.line }]));
  const link = `[${escape(problem.message)}](command:rolecall.goToLine?${place} "Go to line ${problem.line}")`;
  return `$(${SEVERITY_ICONS[problem.severity]}) ${link}`;
}

/** Names and messages are text, whatever characters they hold. */
function escape(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]()#+.!<>&|~$-]/g, "\\$&");
}
