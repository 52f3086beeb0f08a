import { decodeText } from './decode-text.js';
import type { ReadTexts, TextProblem, TranslatedText } from './translation.js';
import { CONTROL_TYPE } from './write-xliff.js';
import { readXml, type XmlElement, XmlError, type XmlNode } from './xml.js';

/** States of targets that are not yet a translation, in XLIFF 1.2 and 2.0: tools put the source there. */
const UNTRANSLATED: ReadonlySet<string> = new Set(['new', 'needs-translation', 'initial']);
/** States that say that a translation fits its source. */
const CONFIRMED: ReadonlySet<string> = new Set(['translated', 'signed-off', 'final', 'reviewed']);

/**
 * Reads translations from XLIFF 1.2, or 2.0 and later. A unit without a target, or with one that is marked as not yet translated, changes
 * nothing; an empty target that is not marked so removes the translation.
 */
export function readXliff(bytes: Uint8Array): ReadTexts {
  const text = decodeText(bytes);
  if (text === undefined) return { problems: [problem('the file', 'the file is neither UTF-8 nor UTF-16', 'Save it as UTF-8.')] };
  try {
    return readDocument(readXml(text));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    const place = `line ${error.line}, column ${error.column}`;
    return {
      problems: [problem(place, `the XLIFF cannot be read: ${error.message}`, 'Export it from your tool again, as XLIFF 1.2 or 2.0.')],
    };
  }
}

function readDocument(root: XmlElement): ReadTexts {
  const version = root.attributes.get('version') ?? '';
  const [first] = elementsIn(root, 'file');
  const isNew = version.startsWith('2.');
  if (root.name !== 'xliff' || !first || !(isNew || version.startsWith('1.')))
    return { problems: [problem('the file', 'the file is not XLIFF 1.2 or 2.0', 'Export it from your tool again, as XLIFF 1.2 or 2.0.')] };
  const languages = isNew
    ? [root.attributes.get('trgLang')]
    : elementsIn(root, 'file').map(({ attributes }) => attributes.get('target-language'));
  const [language, ...others] = [...new Set(languages.filter((one) => one !== undefined && one !== ''))];
  if (others.length > 0)
    return {
      problems: [
        problem('the file', `the file has several target languages: ${[language, ...others].join(', ')}`, 'Import one language at a time.'),
      ],
    };
  const read = elementsIn(root, 'file').flatMap((file) => unitsIn(file, isNew ? 'unit' : 'trans-unit').map(isNew ? readUnit2 : readUnit1));
  return { ...togetherOf(read), ...(language === undefined ? {} : { language }) };
}

type ReadUnit = TranslatedText | TextProblem | undefined;

function togetherOf(units: readonly ReadUnit[]): ReadTexts {
  const problems: TextProblem[] = [];
  const texts = new Map<string, TranslatedText>();
  for (const unit of units) {
    if (unit === undefined) continue;
    if ('message' in unit) problems.push(unit);
    else if ((texts.get(unit.key)?.translation ?? unit.translation) !== unit.translation)
      problems.push(problem(`the unit "${unit.key}"`, 'the unit has two different translations', 'Keep one of them.', 'texts/twice'));
    else texts.set(unit.key, unit);
  }
  return problems.length > 0 ? { problems } : { texts: [...texts.values()] };
}

/** Reads `<trans-unit>` of XLIFF 1.2. */
function readUnit1(unit: XmlElement): ReadUnit {
  const key = unit.attributes.get('id') ?? '';
  const [source] = elementsIn(unit, 'source');
  const [target] = elementsIn(unit, 'target');
  if (key === '' || !source) return noKey(unit);
  const codes = codesOf(source);
  const state = target?.attributes.get('state') ?? '';
  if (!target || UNTRANSLATED.has(state)) return undefined;
  const lost = lostCode(target, codes);
  if (lost) return noCode(key, lost);
  const isConfirmed = unit.attributes.get('approved') === 'yes' || CONFIRMED.has(state);
  return {
    key,
    translation: textOf(target.children, codes),
    source: textOf(source.children, codes),
    ...(isConfirmed ? { isConfirmed } : {}),
  };
}

/** Reads `<unit>` of XLIFF 2.0: its segments are one text, with what is between them. */
function readUnit2(unit: XmlElement): ReadUnit {
  const key = unit.attributes.get('id') ?? '';
  const parts = unit.children.filter(
    (one): one is XmlElement => typeof one !== 'string' && (one.name === 'segment' || one.name === 'ignorable'),
  );
  if (key === '' || parts.length === 0) return noKey(unit);
  const data = elementsIn(unit, 'originalData').flatMap((all) => elementsIn(all, 'data'));
  const dataById = new Map(data.map((one) => [dataKey(one.attributes.get('id')), textOf(one.children, new Map())]));
  const codes = new Map([
    ...dataById,
    ...parts.flatMap((part) => elementsIn(part, 'source').flatMap((source) => [...codesOf(source, dataById)])),
  ]);
  const read = parts.map((part) => {
    const [source] = elementsIn(part, 'source');
    const [target] = elementsIn(part, 'target');
    const isText = part.name === 'segment';
    const state = part.attributes.get('state') ?? '';
    const words = textOf(source?.children ?? [], codes);
    const translation = target ? textOf(target.children, codes) : isText ? undefined : words;
    return {
      words,
      translation: isText && UNTRANSLATED.has(state) ? undefined : translation,
      isConfirmed: !isText || CONFIRMED.has(state),
    };
  });
  if (read.some(({ translation }) => translation === undefined)) return undefined;
  const lost = parts.flatMap((part) => elementsIn(part, 'target').flatMap((target) => lostCode(target, codes) ?? []))[0];
  if (lost) return noCode(key, lost);
  const isConfirmed = read.every((one) => one.isConfirmed);
  return {
    key,
    translation: read.map(({ translation = '' }) => translation).join(''),
    source: read.map(({ words }) => words).join(''),
    ...(isConfirmed ? { isConfirmed } : {}),
  };
}

/** What inline elements stand for, by their ids. */
type Codes = ReadonlyMap<string, string>;

/** The inline elements of XLIFF that stand for code. */
const CODES: ReadonlySet<string> = new Set(['ph', 'x', 'it', 'bpt', 'ept', 'bx', 'ex', 'sc', 'ec']);

function codesOf(source: XmlElement, data: Codes = new Map()): Codes {
  const found = new Map<string, string>();
  const visit = (nodes: readonly XmlNode[]) => {
    for (const node of nodes) {
      if (typeof node === 'string') continue;
      const id = node.attributes.get('id');
      if (CODES.has(node.name) && id !== undefined) found.set(id, codeOf(node, data));
      visit(node.children);
    }
  };
  visit(source.children);
  return found;
}

/** Returns the text with its inline elements: codes as they are, and everything else by what is in it. */
function textOf(nodes: readonly XmlNode[], codes: Codes): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.name === 'cp') return charOf(node.attributes.get('hex'));
      if (CODES.has(node.name)) return codeOf(node, codes);
      const [begin, end] = ['dataRefStart', 'dataRefEnd'].map((name) => codes.get(dataKey(node.attributes.get(name))) ?? '');
      return `${begin}${textOf(node.children, codes)}${end}`;
    })
    .join('');
}

function codeOf(node: XmlElement, codes: Codes): string {
  const { attributes, children } = node;
  const own = textOf(children, codes);
  if (attributes.get('ctype') === 'lb') return '\n';
  if (attributes.get('ctype') === CONTROL_TYPE) return charOf(own.replace(/^U\+/, ''));
  if (own !== '') return own;
  const named = codes.get(dataKey(attributes.get('dataRef'))) ?? codes.get(attributes.get('id') ?? '');
  return named ?? attributes.get('equiv-text') ?? attributes.get('equiv') ?? attributes.get('disp') ?? '';
}

/** Returns an inline element that stands for code of the source, which is not known: the source lacks it, or a tool has emptied both. */
function lostCode({ children }: XmlElement, codes: Codes): XmlElement | undefined {
  for (const node of children) {
    if (typeof node === 'string') continue;
    const isLost = (node.name === 'ph' || node.name === 'x') && codeOf(node, codes) === '';
    const lost = isLost ? node : lostCode(node, codes);
    if (lost) return lost;
  }
  return undefined;
}

/** The key of original data among the codes, which have ids of their own. */
function dataKey(id = ''): string {
  return `data ${id}`;
}

function charOf(hex = ''): string {
  const code = /^[0-9a-f]{1,6}$/i.test(hex) ? Number.parseInt(hex, 16) : -1;
  return code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

function elementsIn({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((one): one is XmlElement => typeof one !== 'string' && one.name === name);
}

/** Returns the units in a file, in groups, too. */
function unitsIn(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.flatMap((one) => (typeof one === 'string' ? [] : one.name === name ? [one] : unitsIn(one, name)));
}

function noKey({ line, attributes }: XmlElement): TextProblem {
  const id = attributes.get('id');
  const place = id === undefined ? `line ${line}` : `the unit "${id}" in line ${line}`;
  return problem(place, 'the unit has no id or no source', 'Keep the units as they were exported.');
}

function noCode(key: string, { name, attributes, line }: XmlElement): TextProblem {
  const element = `<${name} id="${attributes.get('id') ?? ''}"/>`;
  return problem(
    `the unit "${key}" in line ${line}`,
    `the source has no code for ${element} of the target`,
    'Take the inline elements of the source over into the target, with what is in them.',
  );
}

function problem(place: string, message: string, hint: string, code = 'texts/bad-file'): TextProblem {
  return { place, code, message, hint };
}
