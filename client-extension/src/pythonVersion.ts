/** The oldest Python that runs the server. */
export const OLDEST = { major: 3, minor: 11 };

export interface Version {
  readonly major: number;
  readonly minor: number;
}

/** The version that an interpreter printed as "3.12", or undefined when it printed something else. */
export function parseVersion(output: string): Version | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(output.trim());
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

export function isSupported(version: Version): boolean {
  return version.major > OLDEST.major || (version.major === OLDEST.major && version.minor >= OLDEST.minor);
}

export function versionLabel(version: Version): string {
  return `${version.major}.${version.minor}`;
}
