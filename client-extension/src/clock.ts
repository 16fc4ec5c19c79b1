// Times that go by, once a minute and only while something expires.
import type { Disposable } from "vscode";
import type { Profiles } from "./profiles.ts";
import { crossed } from "./time.ts";

const MINUTE = 60_000;

/** Calls `tick` at most once a minute, and asks the server again when a session has ended meanwhile. */
export function everyMinute(profiles: Profiles, tick: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let last = Date.now();
  const times = (): (string | null)[] => profiles.known.map(({ expiresAt }) => expiresAt);
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const run = (): void => {
    const now = Date.now();
    if (crossed(times(), last, now)) {
      void profiles.refresh();
    }
    last = now;
    tick();
    arrange();
  };
  const arrange = (): void => {
    const expires = crossed(times(), last, Number.POSITIVE_INFINITY);
    if (!expires) {
      stop();
    } else if (timer === undefined) {
      last = Date.now();
      timer = setInterval(run, MINUTE);
    }
  };
  const listener = profiles.onChange(arrange);
  return {
    dispose: () => {
      stop();
      listener.dispose();
    },
  };
}
