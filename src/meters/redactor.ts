import type { Log, LogFields } from '../contract/host/index.js';

/** Shorter ones would black out ordinary words. */
const SHORTEST = 8;
const BLACK = '[secret]';
/** Where words of others stand, which may repeat what they were given; our own lines at `debug` hold ids and codes only. */
const FOREIGN: ReadonlySet<string> = new Set(['error', 'stack', 'cause']);

/** The last net under what is logged: a known secret is blacked out wherever it stands, in the stack of an error too. */
export interface Redactor {
  /** Secrets known later, asked for anew with each line. */
  hide(secrets: () => Iterable<string>): void;
  over(log: Log): Log;
}

export function createRedactor(): Redactor {
  const sources: (() => Iterable<string>)[] = [];

  function redacted(text: string): string {
    let result = text;
    for (const source of sources) {
      for (const secret of source()) {
        if (secret.length < SHORTEST) continue;
        for (const form of formsOf(secret)) if (result.includes(form)) result = result.replaceAll(form, BLACK);
      }
    }
    return result;
  }

  function clean(fields: LogFields, only?: ReadonlySet<string>): LogFields {
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' && value.length >= SHORTEST && (only?.has(name) ?? true) ? redacted(value) : value,
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

/** As it is, and as it stands in an address. */
function formsOf(secret: string): readonly string[] {
  const encoded = encodeURIComponent(secret);
  return encoded === secret ? [secret] : [secret, encoded];
}
