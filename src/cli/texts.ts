import { writeFileSync } from 'node:fs';
import type { FlowDefinition } from '../contract/index.js';
import { surveyFlow } from '../flow/check.js';
import { readEnvelope } from '../flow/envelope.js';
import { readLanguage } from '../text/read-language.js';
import { formatOfName, readTexts, writeTexts } from '../texts/files.js';
import { flowTexts, ownLanguage } from '../texts/flow-texts.js';
import { putTexts } from '../texts/put-texts.js';
import { type ReadTexts, TEXT_FORMATS, type TextFormat, type TranslatedText } from '../texts/translation.js';
import { HOST_OPTIONS, openApi, path, refusal } from './api.js';
import { worldHere } from './check-here.js';
import { CommandError, defineCommand, type Given, type Terminal } from './command.js';
import { readFileBytes, readJsonFile, wordsOfFileError } from './read-json-file.js';
import { showProblems } from './show-problems.js';

const OPTIONS = {
  ...HOST_OPTIONS,
  to: { value: 'language', help: 'the language of the translation, such as de or pt-BR' },
  format: { value: 'csv|xliff', help: 'the format of the file (default: by its ending, else csv)' },
  out: { value: 'file', help: 'where an export is written (default: the standard output)' },
} as const;
type TextsOptions = Given<typeof OPTIONS>['options'];

/** Gives the texts of a flow to translators, and takes their translations. */
export const texts = defineCommand({
  summary: "export a flow's texts for translators, and import translations",
  usage: ['export <flow> --to <language> [--format csv|xliff] [--out <file>]', 'import <flow> --to <language> <file> [--format csv|xliff]'],
  about:
    'The flow is a file that ends in .json, or the code of a flow on a host. An import puts translations into the flow file, or into the draft on the host; other changes stay. An empty cell changes nothing. A file that cannot be read as a whole changes nothing. "-" reads the translations from the standard input.',
  options: OPTIONS,
  words: { min: 2, max: 3, missing: 'export or import, and which flow?' },
  examples: ['parley texts export welcome.json --to de --out welcome.de.csv', 'parley texts import welcome.json --to de welcome.de.csv'],
  fails: 'a file cannot be read, or the host refuses',
  async run({ words: [action, flow = '', file], options }, terminal) {
    const to = readLanguage(options.to ?? '');
    if (to === undefined) throw new CommandError('name the language with --to, such as --to de', 2);
    const format = formatOf(options, action === 'export' ? options.out : file);
    if (action === 'export') await exportTexts({ flow, to, format, options }, terminal);
    else if (action === 'import') await importTexts({ flow, to, format, options, file: file ?? noFile() }, terminal);
    else throw new CommandError(`"${action}" is neither export nor import`, 2);
    return 0;
  },
});

interface Job {
  /** A file, or the code of a flow. */
  readonly flow: string;
  readonly to: string;
  readonly format: TextFormat;
  readonly options: TextsOptions;
}

async function exportTexts(job: Job, terminal: Terminal): Promise<void> {
  const text = isFile(job.flow) ? await exportFromFile(job, terminal) : await exportFromHost(job, terminal);
  const { out } = job.options;
  if (out === undefined) return terminal.out(text);
  write(out, text);
  terminal.err(`written: ${out}\n`);
}

async function exportFromFile({ flow, to, format }: Job, terminal: Terminal): Promise<string> {
  const definition = await readFlow(flow, terminal);
  const { nodeTypes } = await worldHere(terminal);
  const from = definition.settings?.locale ?? 'und';
  return writeTexts(format, { flow: definition.code, from, to, items: flowTexts({ definition, language: to }, nodeTypes) });
}

async function exportFromHost({ flow, to, format, options }: Job, terminal: Terminal): Promise<string> {
  const answer = await openApi(options, terminal).stream(
    'GET',
    path`/api/flows/${flow}/texts?locale=${to}&format=${format}`,
    terminal.interrupted,
  );
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await answer.arrayBuffer());
}

async function importTexts(job: Job & { readonly file: string }, terminal: Terminal): Promise<void> {
  const bytes = await readFileBytes(job.file, terminal);
  const done = isFile(job.flow) ? await importIntoFile(job, bytes, terminal) : await importIntoHost(job, bytes, terminal);
  const { changed, removed, unchanged, unknown, outdated, problems } = done;
  terminal.out(`${changed} changed, ${removed} removed, ${unchanged} unchanged\n`);
  for (const key of unknown) terminal.out(`unknown: ${key}\n`);
  for (const key of outdated) terminal.out(`outdated, the text is another one now: ${key}\n`);
  if (problems.length > 0) terminal.out(`${showProblems(problems)}\n`);
}

type Imported = Omit<ReturnType<typeof putTexts>, 'definition'> & { readonly problems: ReturnType<typeof surveyFlow>['problems'] };

async function importIntoFile({ flow, to, format }: Job, bytes: Uint8Array, terminal: Terminal): Promise<Imported> {
  const before = await readFlow(flow, terminal);
  const own = ownLanguage({ definition: before, language: to });
  if (own) throw new CommandError(`${own.message}. ${own.hint}`);
  const world = await worldHere(terminal);
  const { definition, ...counts } = putTexts(
    { definition: before, language: to, texts: textsOf(readTexts(format, bytes), to) },
    world.nodeTypes,
  );
  if (definition !== before) write(flow, `${JSON.stringify(definition, null, 2)}\n`);
  return { ...counts, problems: surveyFlow(definition, world).problems };
}

async function importIntoHost({ flow, to, format, options }: Job, bytes: Uint8Array, terminal: Terminal): Promise<Imported> {
  const address = path`/api/flows/${flow}/texts?locale=${to}`;
  const { status, body } = await openApi(options, terminal).ask('PUT', address, bytes, { 'content-type': TEXT_FORMATS[format] });
  if (status >= 400) throw refusal(status, body, address);
  return body;
}

function textsOf(read: ReadTexts, to: string): readonly TranslatedText[] {
  if ('problems' in read)
    throw new CommandError(
      `the translations cannot be read, and nothing was changed\n${read.problems.map(({ place, message, hint }) => `${place}: ${message}. ${hint}`).join('\n')}`,
    );
  const { language } = read;
  if (language !== undefined && readLanguage(language) !== to)
    throw new CommandError(`the target language of the file is "${language}", not "${to}". Import it with --to ${language}`);
  return read.texts;
}

async function readFlow(file: string, terminal: Terminal): Promise<FlowDefinition> {
  const body = await readJsonFile(file, terminal);
  const read = readEnvelope(body);
  if ('problems' in read) throw new CommandError(`${file} is not a valid flow\n${showProblems(read.problems)}`);
  // As it is in the file, without defaults.
  return body as FlowDefinition;
}

function formatOf({ format }: TextsOptions, file: string | undefined): TextFormat {
  if (format === undefined) return formatOfName(file ?? '') ?? 'csv';
  if (format === 'csv' || format === 'xliff') return format;
  throw new CommandError(`"${format}" is not a format. Use csv or xliff`, 2);
}

function isFile(flow: string): boolean {
  return /\.json$/i.test(flow);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`cannot write ${file}: ${wordsOfFileError(error)}`);
  }
}

function noFile(): never {
  throw new CommandError('which file of translations?', 2);
}
