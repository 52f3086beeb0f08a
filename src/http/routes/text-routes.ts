import { Readable } from 'node:stream';
import Joi from 'joi';
import { isRefused } from '../../contract/host/index.js';
import type { DraftParts } from '../../manage/drafts.js';
import { type ListedTexts, listTexts, saveTexts, unreadableTexts } from '../../manage/texts.js';
import { formatOfType, readTexts, writeTexts } from '../../texts/files.js';
import { type ReadTexts, TEXT_FORMATS, type TextFormat } from '../../texts/translation.js';
import { etag, revisionIn } from '../etag.js';
import { type Answer, answerOf, defineRoute, type Route } from '../route.js';
import { linkTo, sharing } from '../schemas/named.js';
import { PROBLEM } from '../schemas/problem.js';
import { TEXT_ITEM, TRANSLATIONS, textsSaved } from '../schemas/text.js';

interface TextsQuery {
  readonly locale: string;
  readonly format: 'json' | TextFormat;
}
interface Translations {
  readonly items: readonly {
    readonly key?: string;
    readonly node?: string;
    readonly pointer?: string;
    readonly translation: string;
    readonly source?: string;
  }[];
}

const locale = Joi.string().max(100).required().description('The language of the translation, such as `de` or `pt-BR`.');
const FILES = Object.values(TEXT_FORMATS);

/** The texts of a flow for translators. */
export function textRoutes(parts: DraftParts): readonly Route[] {
  const about = { tag: 'Flows', path: '/flows/{code}/texts' } as const;
  return [
    defineRoute<unknown, TextsQuery>({
      ...about,
      method: 'get',
      role: 'viewer',
      summary: 'List the texts of a flow for translation',
      description:
        'Every text of the draft that people read, with its translation into one language: as JSON, as CSV for spreadsheets, or as XLIFF 1.2. The ETag is the revision of the draft.',
      query: Joi.object({
        locale,
        format: Joi.string()
          .valid('json', ...Object.keys(TEXT_FORMATS))
          .default('json'),
      }),
      answers: {
        200: {
          schema: Joi.object({
            locale: Joi.string().required(),
            revision: Joi.number().required(),
            items: Joi.array().items(TEXT_ITEM).required(),
          }),
          orElse: FILES,
        },
      },
      refuses: ['flow/unknown'],
      async handle({ caller, name, query }) {
        const code = name('code');
        const outcome = await listTexts(parts, caller, { code, locale: query.locale });
        return isRefused(outcome) ? outcome : answerAs(query.format, code, outcome.done);
      },
    }),
    defineRoute<Translations | Buffer, Pick<TextsQuery, 'locale'>>({
      ...about,
      method: 'put',
      role: 'editor',
      summary: 'Import translations',
      description:
        'Puts translations into the newest draft: as JSON, or as the CSV or XLIFF (1.2, 2.0) that a translator sends back. A file that cannot be read as a whole changes nothing. `If-Match` refuses the call if somebody has saved the draft since.',
      query: Joi.object({ locale }),
      body: TRANSLATIONS,
      files: FILES,
      maxBody: '8mb',
      takes: { 'If-Match': 'The ETag of the draft that was read.' },
      example: { items: [{ key: 'hello/message/text', translation: 'Guten Tag!', source: 'Hello!' }] },
      answers: { 200: sharing({ ...textsSaved, problems: Joi.array().items(linkTo(PROBLEM)).required() }, PROBLEM) },
      refuses: ['flow/unknown', 'draft/conflict', 'texts/unreadable'],
      statuses: { 'draft/conflict': 412 },
      action: 'texts.save',
      async handle({ caller, name, header, query, body }) {
        const read = Buffer.isBuffer(body) ? readTexts(formatOfType(header('content-type')), body) : ofItems(body);
        if ('problems' in read) return unreadableTexts(read.problems);
        const input = { ...read, code: name('code'), locale: query.locale, revision: revisionIn(header('if-match')) };
        return answerOf(await saveTexts(parts, caller, input), ({ revision }) => ({ headers: { ETag: etag(revision) } }));
      },
    }),
  ];
}

function answerAs(format: TextsQuery['format'], flow: string, { revision, locale: to, from = 'und', items }: ListedTexts): Answer {
  const headers = { ETag: etag(revision) };
  if (format === 'json') return { headers, body: { locale: to, revision, items } };
  const file = writeTexts(format, { flow, from, to, items });
  const type = `${TEXT_FORMATS[format]}; charset=utf-8`;
  return {
    headers: { ...headers, 'Content-Disposition': `attachment; filename="${flow}.${to}.${format}"` },
    bytes: { type, from: Readable.from([file]), done: async () => {} },
  };
}

function ofItems({ items }: Translations): ReadTexts {
  const texts = items.map(({ key, node = '', pointer = '', translation, source }) => ({
    key: key ?? `${node}${pointer}`,
    translation,
    ...(source === undefined ? {} : { source, isConfirmed: true }),
  }));
  return { texts };
}
