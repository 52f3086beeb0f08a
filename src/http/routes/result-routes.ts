import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import Joi from 'joi';
import type { Json, StoredResult } from '../../contract/index.js';
import type { HttpParts } from '../parts.js';
import { afterOf, type Page, pageAnswer, pageOf } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { RESULT } from '../schemas/result.js';
import { knownFlow } from './known-flow.js';

interface ResultRequest extends Page {
  readonly version?: number;
  readonly since?: string;
  readonly format: 'json' | 'csv';
}

const CSV = 'text/csv';
/** How many turns are read at once for a file. */
const PAGE = 200;
const FIXED = ['run', 'contact', 'version', 'outcome', 'startedBy', 'startedAt', 'endedAt'];

/** What the runs of a flow came to. */
export function resultRoutes(parts: HttpParts): readonly Route[] {
  return [
    defineRoute<unknown, ResultRequest>({
      tag: 'Flows',
      method: 'get',
      path: '/flows/{code}/results',
      role: 'viewer',
      summary: "Read each run's variables at its end",
      description:
        'Oldest first, kept as long as turns (RETENTION_DAYS). As CSV all of them in one file, with a column for each variable that the draft declares.',
      query: pageOf({
        version: Joi.number().integer().min(1).description('Runs that ended in this version.'),
        since: Joi.string().isoDate().description('Runs that ended then or later.'),
        format: Joi.string().valid('json', 'csv').default('json'),
      }),
      answers: { 200: { schema: listOf(RESULT), orElse: CSV } },
      refuses: { 404: ['flow/unknown'] },
      async handle(call) {
        const { code, draft } = await knownFlow(parts, call);
        const { version, since, format, limit, ...page } = call.query;
        const from = { flow: code, ...(since === undefined ? {} : { since: new Date(since).toISOString() }) };
        const fits = (one: StoredResult) => version === undefined || one.version === version;
        if (format === 'csv') {
          const names = (draft.definition.variables ?? []).map(({ name }) => name);
          const rows = csvOf(names, walk(parts, from, fits));
          return { bytes: { type: `${CSV}; charset=utf-8`, from: Readable.from(rows), done: async () => {} } };
        }
        const found: StoredResult[] = [];
        for await (const one of walk(parts, { ...from, ...afterOf({ limit, ...page }) }, fits)) if (found.push(one) > limit) break;
        return pageAnswer({ found, limit, key: ({ key }) => key, show: ({ key: _, session, ...rest }) => ({ ...rest, contact: session }) });
      },
    }),
  ];
}

/** All results from there on. Those of one turn belong together: what a page has given of them is not given again. */
async function* walk(
  { store }: HttpParts,
  from: { readonly flow: string; readonly since?: string; readonly after?: string },
  fits: (one: StoredResult) => boolean,
): AsyncGenerator<StoredResult> {
  let after = from.after;
  for (;;) {
    const page = await store.turns.results({ ...from, ...(after === undefined ? {} : { after }), limit: PAGE });
    yield* page.filter(fits);
    after = page.at(-1)?.key;
    if (after === undefined) return;
  }
}

async function* csvOf(names: readonly string[], results: AsyncIterable<StoredResult>): AsyncGenerator<string> {
  // Formulas of strangers stay text in a spreadsheet; the mark at the beginning tells Excel that it is UTF-8.
  const line = (cells: readonly string[]) => stringify([[...cells]], { escape_formulas: true });
  yield `\ufeff${line([...FIXED, ...names])}`;
  for await (const one of results) {
    const about: Readonly<Record<string, Json>> = { ...one, contact: one.session, variables: null };
    yield line([...FIXED.map((name) => cellOf(about[name])), ...names.map((name) => cellOf(one.variables[name]))]);
  }
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
