import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import Joi from 'joi';
import { isRefused } from '../../contract/host/index.js';
import type { Json } from '../../contract/index.js';
import type { StoredResult } from '../../contract/store/index.js';
import { exportResults, listResults, type ResultParts } from '../../manage/results.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { listOf } from '../schemas/named.js';
import { RESULT, RESULT_COLUMNS } from '../schemas/result.js';

interface ResultQuery extends ListQuery {
  readonly version?: number;
  readonly since?: string;
  readonly format: 'json' | 'csv';
}

const CSV = 'text/csv';
const FIXED = ['run', 'contact', 'version', 'outcome', 'startedBy', 'startedAt', 'endedAt'];

/** The results of runs. */
export function resultRoutes(parts: ResultParts): readonly Route[] {
  return [
    defineRoute<unknown, ResultQuery>({
      tag: 'Flows',
      method: 'get',
      path: '/flows/{code}/results',
      role: 'viewer',
      summary: 'List the results of runs',
      description:
        'The variables of each run at its end, oldest first, kept as long as turns (RETENTION_DAYS). As CSV it is one file with all results and a column for each variable that the draft declares; a variable with the name of another column, such as `outcome`, is the column `variables.outcome`.',
      query: listQuery({
        version: Joi.number().integer().min(1).description('Only runs that ended in this version.'),
        since: Joi.string().isoDate().description('Only runs that ended at this time or later.'),
        format: Joi.string().valid('json', 'csv').default('json'),
      }),
      answers: { 200: { schema: listOf(RESULT).keys({ columns: RESULT_COLUMNS }), orElse: [CSV] } },
      refuses: ['flow/unknown'],
      async handle({ caller, name, query: { format, ...query } }) {
        const { limit, after, ...which } = { ...readList(query), code: name('code') };
        if (format === 'json')
          return pageAnswer(await listResults(parts, caller, { ...which, limit, ...(after === undefined ? {} : { after }) }));
        const outcome = await exportResults(parts, caller, which);
        if (isRefused(outcome)) return outcome;
        const { variables, results } = outcome.done;
        return {
          bytes: { type: `${CSV}; charset=utf-8`, from: Readable.from(csvOf(variables, results)), done: async () => {} },
        };
      },
    }),
  ];
}

async function* csvOf(names: readonly string[], results: AsyncIterable<StoredResult>): AsyncGenerator<string> {
  // Formulas that people wrote stay text in a spreadsheet. The byte order mark tells Excel that the file is UTF-8.
  const line = (cells: readonly string[]) => stringify([[...cells]], { escape_formulas: true });
  yield `\ufeff${line([...FIXED, ...names.map(columnOf)])}`;
  for await (const one of results) {
    const about: Readonly<Record<string, Json>> = { ...one, contact: one.session, variables: null };
    yield line([...FIXED.map((name) => cellOf(about[name])), ...names.map((name) => cellOf(one.variables[name]))]);
  }
}

/** Returns the name of a variable's column. No variable has a dot in its name. */
function columnOf(name: string): string {
  return FIXED.includes(name) ? `variables.${name}` : name;
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
