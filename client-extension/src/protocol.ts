// The shapes that client and server exchange beside the standard protocol. Lines and columns count from 1.

export interface Place {
  readonly path: string;
  readonly line: number;
}

export interface KeyRow extends Place {
  readonly name: string;
  /** Masked by the server where it is secret. */
  readonly value: string;
}

export type Kind =
  | "static" | "session" | "assume-role" | "web-identity" | "sso" | "login" | "process" | "environment" | "none";

export interface Profile {
  readonly name: string;
  readonly kind: Kind;
  readonly status: "ok" | "warning" | "error";
  /** Names of rules. */
  readonly problems: readonly string[];
  readonly accountId: string | null;
  /** Name of the registered account. */
  readonly account: string | null;
  readonly region: string | null;
  readonly roleArn: string | null;
  /** Names of profiles, the source first. */
  readonly chain: readonly string[];
  /** ISO 8601, UTC. */
  readonly expiresAt: string | null;
  readonly definedAt: readonly Place[];
  readonly keys: readonly KeyRow[];
}

export interface Account extends Place {
  readonly name: string;
  readonly accountId: string | null;
  readonly profile: string | null;
  readonly role: string | null;
  readonly region: string | null;
  readonly environment: string | null;
  readonly endpointUrl: string | null;
  readonly problems: readonly string[];
}

export interface FileState {
  readonly path: string;
  readonly exists: boolean;
}

export type GroupId = "profiles" | "roles" | "sso" | "dangling" | "accounts";

export interface Group {
  readonly id: GroupId;
  readonly total: number;
  /** The first and the last name of each part. */
  readonly parts: readonly (readonly [string, string])[];
}

/** A part of what there is; all of it where it is not more than was asked for. */
export interface Snapshot {
  readonly version: 1;
  /** Group after group. */
  readonly profiles: readonly Profile[];
  /** How many profiles fit the query. */
  readonly total: number;
  /** How many profiles there are. */
  readonly all: number;
  readonly group: GroupId | null;
  readonly offset: number;
  /** Those that have something in them, in the order of the side bar. */
  readonly groups: readonly Group[];
  readonly problems: number;
  readonly named: readonly Profile[];
  readonly accounts: readonly Account[];
  readonly files: { readonly config: FileState; readonly credentials: FileState };
}

export type Severity = "error" | "warning" | "information" | "hint";

export interface Problem extends Place {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly column: number;
}

export interface ProfileDetail {
  readonly profile: Profile;
  readonly problems: readonly Problem[];
}

export interface AskMfaCode {
  readonly profile: string;
  /** Serial number or ARN of the device. */
  readonly serial: string;
  /** Counts from 1. */
  readonly attempt: number;
  /** Why the previous code was not accepted. */
  readonly message: string | null;
}

export interface OpenTerminal {
  readonly name: string;
  /** A null removes the variable. */
  readonly env: Readonly<Record<string, string | null>>;
}

export interface PickProfile {
  readonly title: string;
  readonly placeholder: string;
  readonly profiles: readonly { readonly name: string; readonly description: string }[];
  readonly allowNew: boolean;
}

/** The argument of every command about one profile. */
export interface ProfileArgument {
  readonly profile: string;
}

/** What this client can do for the server, told in the initialization options. */
export const ABILITIES = ["askMfaCode", "openTerminal", "copyText", "readClipboard", "pickProfile", "pickFile", "showHover"] as const;
