import { readCsv, writeCsv } from './csv.js';
import { readXliff } from './read-xliff.js';
import { type ReadTexts, TEXT_FORMATS, type TextFormat } from './translation.js';
import { type TextsToTranslate, writeXliff } from './write-xliff.js';

/** Writes texts as a file for translators. */
export function writeTexts(format: TextFormat, texts: TextsToTranslate): string {
  return format === 'csv' ? writeCsv(texts.items) : writeXliff(texts);
}

/** Reads the file that a translator sends back. */
export function readTexts(format: TextFormat, bytes: Uint8Array): ReadTexts {
  return format === 'csv' ? readCsv(bytes) : readXliff(bytes);
}

/** Returns the format of a media type; CSV for an unknown one. */
export function formatOfType(type = ''): TextFormat {
  return type.toLowerCase().startsWith(TEXT_FORMATS.xliff) ? 'xliff' : 'csv';
}

/** Returns the format that the name of a file shows; undefined for another ending. */
export function formatOfName(file: string): TextFormat | undefined {
  if (/\.(csv|tsv|txt)$/i.test(file)) return 'csv';
  return /\.(xliff|xlf|xml)$/i.test(file) ? 'xliff' : undefined;
}
