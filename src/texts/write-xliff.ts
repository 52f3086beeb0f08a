import { piecesOf } from '../template/pieces.js';
import { noteOf } from './csv.js';
import type { TextItem } from './translation.js';

/** Texts for a translator. */
export interface TextsToTranslate {
  /** The code of the flow. */
  readonly flow: string;
  /** The language of the flow (BCP 47); `und` if it is not known. */
  readonly from: string;
  readonly to: string;
  readonly items: readonly TextItem[];
}

/**
 * Writes texts as XLIFF 1.2, which every tool of translators reads. Liquid is in inline elements, which the tools keep as they are, and so
 * are characters that XML does not have. https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
 */
export function writeXliff({ flow, from, to, items }: TextsToTranslate): string {
  const file = `<file original="${attribute(flow)}" datatype="plaintext" source-language="${attribute(from)}" target-language="${attribute(to)}">`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">',
    file,
    '<body>',
    ...items.map(unitOf),
    '</body>',
    '</file>',
    '</xliff>',
    '',
  ].join('\n');
}

function unitOf(item: TextItem): string {
  const { key, source, translation, changed } = item;
  const codes = codesIn(source);
  const state = translation === undefined ? 'needs-translation' : changed ? 'needs-review-translation' : 'translated';
  const note = noteOf(item);
  return [
    `<trans-unit id="${attribute(key)}" xml:space="preserve">`,
    `<source>${content(source, codes)}</source>`,
    `<target state="${state}">${content(translation ?? '', codes)}</target>`,
    ...(note === '' ? [] : [`<note>${words(note.replace(CONTROL, '\ufffd'))}</note>`]),
    '</trans-unit>',
  ].join('\n');
}

/** What XML 1.0 does not allow, not even as a reference. https://www.w3.org/TR/xml/#charsets */
const CONTROL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** Marks an inline element that stands for a character. */
export const CONTROL_TYPE = 'x-control';

type Code = { readonly text: string; readonly isControl: boolean };

/** Splits a text into words and codes: Liquid, and characters that XML does not have. */
function inlineOf(text: string): readonly (string | Code)[] {
  return piecesOf(text).flatMap(({ isCode, text: piece }) => {
    const parts = piece.split(CONTROL);
    const controls = piece.match(CONTROL) ?? [];
    if (isCode && controls.length === 0) return [{ text: piece, isControl: false }];
    return parts.flatMap((part, i) => [part, ...(controls[i] === undefined ? [] : [{ text: controls[i], isControl: true }])]);
  });
}

/** Returns the ids of the codes in the source: the same code has the same id in source and target. */
function codesIn(source: string): readonly string[] {
  return inlineOf(source).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.text]));
}

function content(text: string, codes: readonly string[]): string {
  const left = codes.map((code, i) => ({ code, id: `${i + 1}` }));
  let further = 0;
  return inlineOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return words(piece);
      const found = left.findIndex(({ code }) => code === piece.text);
      const [known] = found < 0 ? [] : left.splice(found, 1);
      further += known ? 0 : 1;
      return element(piece, known?.id ?? `t${further}`);
    })
    .join('');
}

function element({ text, isControl }: Code, id: string): string {
  if (!isControl) return `<ph id="${id}">${words(text)}</ph>`;
  return `<ph id="${id}" ctype="${CONTROL_TYPE}">U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}</ph>`;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

function words(text: string): string {
  return text.replace(/[&<>\r]/g, (char) => ESCAPES[char] ?? char);
}

function attribute(text: string): string {
  return words(text.replace(CONTROL, '\ufffd'))
    .replaceAll('"', '&quot;')
    .replace(/[\t\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}
