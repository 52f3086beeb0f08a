import { parseArgs } from 'node:util';

export interface Options {
  readonly kills: number;
  readonly seed: number;
  readonly hosts: number;
  readonly people: number;
  /** The number of people who are started in batches meanwhile. */
  readonly burst: number;
  /** The maximum time of the whole run, in minutes. */
  readonly limit: number;
  readonly mongodbUrl?: string;
}

/** Reads the command line. Returns a text if something is wrong with it. */
export function readOptions(args: readonly string[], mongodbUrl: string | undefined): Options | string {
  const names = ['kills', 'seed', 'hosts', 'people', 'burst', 'limit'] as const;
  let values: Readonly<Partial<Record<(typeof names)[number], string>>>;
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' }])) as Record<
      (typeof names)[number],
      { type: 'string' }
    >;
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const wrong = names.find((name) => values[name] !== undefined && !/^\d{1,9}$/.test(values[name]));
  if (wrong) return `--${wrong} takes a number`;
  const kills = Number(values.kills ?? 50);
  const hosts = Number(values.hosts ?? (mongodbUrl === undefined ? 1 : 2));
  if (hosts < 1 || (hosts > 1 && mongodbUrl === undefined)) return 'one process owns the embedded store: several hosts need MONGODB_URL';
  return {
    kills,
    hosts,
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e9)),
    people: Number(values.people ?? 120),
    burst: Number(values.burst ?? 1_000),
    limit: Number(values.limit ?? Math.max(10, Math.ceil(kills / 20))),
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
  };
}
