import { parseArgs } from 'node:util';

/** The options of the benches, all numbers. bench.ts explains them. */
export interface Options {
  readonly starts: number | undefined;
  readonly waits: number | undefined;
  readonly sessions: number | undefined;
  readonly minutes: number | undefined;
  readonly limit: number;
}

const NAMES = ['starts', 'waits', 'sessions', 'minutes', 'limit'] as const;

/** Reads the command line. Returns a text if something is wrong with it. */
export function readOptions(args: readonly string[]): { readonly names: readonly string[]; readonly options: Options } | string {
  const accepted = Object.fromEntries(NAMES.map((name) => [name, { type: 'string' as const }]));
  let read: { readonly values: Readonly<Partial<Record<string, unknown>>>; readonly positionals: readonly string[] };
  try {
    read = parseArgs({ args: [...args], options: accepted, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { values, positionals } = read;
  const wrong = NAMES.find((name) => values[name] !== undefined && !/^[1-9]\d{0,8}$/.test(String(values[name])));
  if (wrong) return `--${wrong} takes a number`;
  const number = (name: (typeof NAMES)[number]) => (values[name] === undefined ? undefined : Number(values[name]));
  return {
    names: positionals,
    options: {
      starts: number('starts'),
      waits: number('waits'),
      sessions: number('sessions'),
      minutes: number('minutes'),
      limit: number('limit') ?? 600,
    },
  };
}
