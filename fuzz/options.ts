import { parseArgs } from 'node:util';

/** What is fuzzed. */
export const KINDS = ['flows', 'webhooks', 'api'] as const;
export type Kind = (typeof KINDS)[number];

export interface Options {
  readonly seed: number;
  readonly runs: number;
  /** The runs of each kind, `runs` in total. */
  readonly shares: Readonly<Partial<Record<Kind, number>>>;
  /** The path of a failure in fast-check, to repeat it at once. */
  readonly path?: string;
  readonly mongodbUrl?: string;
}

/** The shares of the kinds, in 20ths. API calls take the longest, and flows have the most places for faults. */
const PARTS: Readonly<Record<Kind, number>> = { flows: 13, webhooks: 6, api: 1 };

/** Reads the command line. Returns a text if something is wrong with it. */
export function readOptions(args: readonly string[], mongodbUrl: string | undefined): Options | string {
  const text = { type: 'string' } as const;
  let values: { readonly runs?: string; readonly seed?: string; readonly only?: string; readonly path?: string };
  try {
    ({ values } = parseArgs({ args: [...args], options: { runs: text, seed: text, only: text, path: text } }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  for (const name of ['runs', 'seed'] as const)
    if (values[name] !== undefined && !/^\d{1,9}$/.test(values[name])) return `--${name} takes a number`;
  const only = KINDS.find((kind) => kind === values.only);
  if (values.only !== undefined && !only) return `--only takes ${KINDS.join(' or ')}`;
  if (values.path !== undefined && !only) return '--path needs --only';
  const runs = Number(values.runs ?? 2_000);
  const shares = only ? { [only]: runs } : Object.fromEntries(KINDS.map((kind) => [kind, Math.ceil((runs * PARTS[kind]) / 20)] as const));
  return {
    runs,
    shares,
    seed: Number(values.seed ?? Math.floor(Math.random() * 1e9)),
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(mongodbUrl === undefined ? {} : { mongodbUrl }),
  };
}
