const MINUTE = 60_000;

/** How long until `expiresAt` (ISO 8601), as "11 h 32 m" or "expired"; undefined when there is no such time. */
export function timeLeft(expiresAt: string | null, now: number): string | undefined {
  const end = expiresAt === null ? Number.NaN : Date.parse(expiresAt);
  if (Number.isNaN(end)) {
    return undefined;
  }
  if (end <= now) {
    return "expired";
  }
  const minutes = Math.ceil((end - now) / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) {
    return units(Math.floor(hours / 24), "d", hours % 24, "h");
  }
  return hours > 0 ? units(hours, "h", minutes % 60, "m") : `${minutes} m`;
}

function units(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** An ISO 8601 time as "2026-11-22 11:04 UTC". */
export function absoluteTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : `${time.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Whether any of these times lies between the two moments, so that what depends on them changed. */
export function crossed(times: readonly (string | null)[], before: number, now: number): boolean {
  return times.some((iso) => {
    const time = iso === null ? Number.NaN : Date.parse(iso);
    return time > before && time <= now;
  });
}
