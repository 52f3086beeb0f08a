import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { decodeText } from './decode-text.js';
import type { ReadTexts, TextItem, TextProblem, TranslatedText } from './translation.js';

const COLUMNS = ['key', 'node', 'pointer', 'source', 'translation', 'note'] as const;
type Column = (typeof COLUMNS)[number];

/** A spreadsheet takes a cell that begins so for a formula. An apostrophe before it makes it a text. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u;

/** What Excel, LibreOffice and Google Sheets show for a formula that they cannot compute, in English and German. */
const FAILED_FORMULA = /^(?:#(?:NAME\?|REF!|VALUE!|DIV\/0!|NUM!|NULL!|N\/A|ERROR!|BEZUG!|WERT!|ZAHL!|NV)|Err:\d{3})$/;

/** Writes texts as CSV for spreadsheets. The byte order mark tells Excel that the file is UTF-8. */
export function writeCsv(items: readonly TextItem[]): string {
  const rows = items.map((item) => [item.key, item.node, item.pointer, item.source, item.translation ?? '', noteOf(item)].map(guarded));
  return `\ufeff${stringify([[...COLUMNS], ...rows], { quoted: true, quoted_empty: true, record_delimiter: '\r\n' })}`;
}

/** Says what the text is, and what a translator has to look at again. */
export function noteOf({ nodeName, hint, changed, translatedFrom }: TextItem): string {
  const place = [nodeName, hint].filter((one) => one !== undefined && one !== '').join(' · ');
  return changed ? `${place}${place === '' ? '' : '. '}Changed since the translation; before: ${translatedFrom}` : place;
}

function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

/**
 * Reads translations from CSV as spreadsheets save it: with commas, semicolons or tabs, in UTF-8 or UTF-16, with columns in any order and
 * others beside them. The columns `translation`, and `key` or `node` and `pointer`, are needed. `source` shows whether the text has changed.
 * A row with an empty translation says nothing: somebody else may have translated the text since the export.
 */
export function readCsv(bytes: Uint8Array): ReadTexts {
  const text = decodeText(bytes);
  if (text === undefined)
    return badFile('the file', 'the file is neither UTF-8 nor UTF-16', 'In Excel, save it as "CSV UTF-8 (comma delimited)".');
  const rows = rowsOf(text);
  if ('place' in rows) return { problems: [rows] };
  const [header, ...records] = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (!header) return badFile('the file', 'the file is empty', 'Export it again.');
  const columns = columnsOf(header.cells);
  const hasKeys = columns.has('key') || (columns.has('node') && columns.has('pointer'));
  const missing = [...(hasKeys ? [] : ['`key`']), ...(columns.has('translation') ? [] : ['`translation`'])];
  if (missing.length > 0)
    return badFile(
      placeOf(header),
      `the ${missing.length > 1 ? 'columns' : 'column'} ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing`,
      `The first row must have the names of the columns: ${COLUMNS.join(', ')}.`,
    );
  return textsOf(records, columns);
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}
type Columns = ReadonlyMap<string, number>;

function rowsOf(text: string): readonly Row[] | TextProblem {
  // Excel reads the delimiter from such a line.
  const marked = /^sep=(.)\r?\n/i.exec(text);
  const body = marked ? text.slice(marked[0].length) : text;
  const delimiter = marked?.[1] ?? delimiterOf(body);
  const skipped = marked ? 1 : 0;
  try {
    const records = parse(body, {
      delimiter,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as readonly {
      readonly info: { readonly lines: number };
      readonly record: readonly string[];
    }[];
    // `lines` is the last line of the record.
    return records.map(({ info, record }) => ({ line: info.lines + skipped - breaksIn(record), cells: record }));
  } catch (error) {
    const { message = '', lines } = error as { readonly message?: string; readonly lines?: number };
    const place = lines === undefined ? 'the file' : `line ${lines + skipped}`;
    return problem(
      place,
      `the CSV cannot be read: ${message.split(':')[0]}`,
      'Put a cell with quotes into quotes, and double each quote in it.',
    );
  }
}

function breaksIn(record: readonly string[]): number {
  return record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/** Returns the delimiter that the first line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const counts = new Map([',', ';', '\t'].map((one) => [one, 0]));
  let isQuoted = false;
  for (const char of text) {
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === '\n' || char === '\r') && [...counts.values()].some((count) => count > 0)) break;
    else if (!isQuoted && counts.has(char)) counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

function columnsOf(cells: readonly string[]): Columns {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  return new Map(names.map((name, i) => [name, i] as const).reverse());
}

function textsOf(records: readonly Row[], columns: Columns): ReadTexts {
  const texts = new Map<string, TranslatedText & { readonly line: number }>();
  const problems: TextProblem[] = [];
  for (const row of records) {
    const text = textOf(row, columns);
    const before = text && texts.get(text.key);
    if (!text) problems.push(problem(placeOf(row), 'the row has no key', 'Keep the column `key` as it was exported.'));
    else if (FAILED_FORMULA.test(text.translation) && text.translation !== text.source)
      problems.push(
        problem(
          placeOf(row),
          `the spreadsheet has taken the translation of "${text.key}" for a formula, and shows ${text.translation}`,
          'Write the translation again, with an apostrophe before it.',
        ),
      );
    else if (before && before.translation !== text.translation)
      problems.push(
        problem(placeOf(row), `"${text.key}" has another translation in line ${before.line}`, 'Keep one of the two rows.', 'texts/twice'),
      );
    else if (text.translation !== '') texts.set(text.key, { ...text, line: row.line });
  }
  return problems.length > 0 ? { problems } : { texts: [...texts.values()].map(({ line: _, ...text }) => text) };
}

function textOf({ cells }: Row, columns: Columns): TranslatedText | undefined {
  const cell = (name: Column) => unguarded(cells[columns.get(name) ?? -1] ?? '');
  const key = cell('key').trim() || `${cell('node').trim()}${cell('pointer').trim()}`;
  if (key === '') return undefined;
  return { key, translation: cell('translation'), ...(columns.has('source') ? { source: cell('source') } : {}) };
}

function placeOf({ line }: Row): string {
  return `line ${line}`;
}

function problem(place: string, message: string, hint: string, code = 'texts/bad-file'): TextProblem {
  return { place, code, message, hint };
}

function badFile(place: string, message: string, hint: string): ReadTexts {
  return { problems: [problem(place, message, hint)] };
}
