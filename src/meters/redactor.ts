import type { Log, LogFields } from '../contract/host/index.js';

/** Shorter secrets are not looked for, as they would redact ordinary words. */
const MIN_LENGTH = 8;
const REDACTED = '[secret]';
/** Fields with texts of others, which may repeat a secret. At `debug` only these are searched: our own fields there are ids and codes. */
const FOREIGN: ReadonlySet<string> = new Set(['error', 'stack', 'cause']);

/** Redacts known secrets wherever they stand in a log line, stacks of errors included. */
export interface Redactor {
  /** Adds secrets. The function is called for each line, so it may return others later. */
  hide(secrets: () => Iterable<string>): void;
  /** Returns a log that redacts and passes on to this one. */
  over(log: Log): Log;
}

export function createRedactor(): Redactor {
  const sources: (() => Iterable<string>)[] = [];

  function redacted(text: string): string {
    let result = text;
    for (const source of sources) {
      for (const secret of source()) {
        if (secret.length < MIN_LENGTH) continue;
        for (const form of formsOf(secret)) if (result.includes(form)) result = result.replaceAll(form, REDACTED);
      }
    }
    return result;
  }

  function clean(fields: LogFields, only?: ReadonlySet<string>): LogFields {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' && value.length >= MIN_LENGTH && (only?.has(name) ?? true) ? redacted(value) : value,
      ]),
    );
  }

  return {
    hide: (secrets) => void sources.push(secrets),
    over: (log) => ({
      debug: (fields, words) => log.debug(isForeign(fields) ? clean(fields, FOREIGN) : fields, words),
      info: (fields, words) => log.info(clean(fields), words),
      warn: (fields, words) => log.warn(clean(fields), words),
      error: (fields, words) => log.error(clean(fields), words),
    }),
  };
}

function isForeign(fields: LogFields): boolean {
  return 'error' in fields || 'stack' in fields || 'cause' in fields;
}

/** Returns a secret as it is, and as it is encoded in an address. */
function formsOf(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  return encoded === secret ? [secret] : [secret, encoded];
}
