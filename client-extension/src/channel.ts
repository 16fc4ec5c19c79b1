// The output channel, behind the redactor.
import type { LogOutputChannel } from "vscode";
import { redactLine, redactTrace } from "./redact.ts";

/** The same channel, except that nothing can be written to it that has not been redacted. */
export function redacting(channel: LogOutputChannel): LogOutputChannel {
  const clean = (value: unknown): string =>
    redactLine(value instanceof Error ? (value.stack ?? value.message) : String(value));
  const writers: Partial<LogOutputChannel> = {
    trace: (message) => channel.trace(redactTrace(message)),
    debug: (message) => channel.debug(clean(message)),
    info: (message) => channel.info(clean(message)),
    warn: (message) => channel.warn(clean(message)),
    error: (message) => channel.error(clean(message)),
    append: (value) => channel.append(clean(value)),
    appendLine: (value) => channel.appendLine(clean(value)),
    replace: (value) => channel.replace(clean(value)),
  };
  return new Proxy(channel, {
    get: (target, name) => {
      const value: unknown = Reflect.get(writers, name) ?? Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
