/** An element of an XML document, or a text in one. */
export type XmlNode = XmlElement | string;
export interface XmlElement {
  /** Without the prefix of a namespace. */
  readonly name: string;
  /** By name without a prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly line: number;
}

/** Thrown for a document that is not well-formed, or that has more than files of translations need. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** Elements in elements; a file of translations has less than ten. */
const MAX_DEPTH = 50;

/**
 * Reads an XML document: elements, attributes, texts and CDATA. A document type is refused, and with it every entity that a file could
 * define: nothing is ever fetched or expanded. Each character is looked at a fixed number of times.
 *
 * @throws XmlError with the line and column.
 */
export function readXml(source: string): XmlElement {
  // XML reads all line breaks as one. https://www.w3.org/TR/xml/#sec-line-ends
  const text = source.replace(/\r\n?/g, '\n');
  const reading: Reading = { text, at: 0, line: 1, nextBreak: breakFrom(text, 0) };
  const root: OpenElement = { name: '', attributes: new Map(), children: [], line: 1, tag: '' };
  const open: OpenElement[] = [root];
  while (reading.at < text.length) readPiece(reading, open);
  if (open.length > 1) throw broken(reading, `<${open.at(-1)?.tag}> is not closed`);
  const [element, ...others] = root.children.filter((one): one is XmlElement => typeof one !== 'string');
  const hasWords = root.children.some((one) => typeof one === 'string' && one.trim() !== '');
  if (!element || others.length > 0 || hasWords) throw broken(reading, 'the document must have exactly one element at the top');
  return element;
}

interface Reading {
  readonly text: string;
  at: number;
  /** The line of a place before `at`, and where it ends. */
  line: number;
  nextBreak: number;
}

interface OpenElement extends XmlElement {
  readonly children: XmlNode[];
  /** The name with its prefix. */
  readonly tag: string;
}

function readPiece(reading: Reading, open: OpenElement[]): void {
  const { text, at } = reading;
  const { children } = open.at(-1) as OpenElement;
  if (text[at] !== '<') {
    const end = text.indexOf('<', at);
    const words = text.slice(at, end < 0 ? text.length : end);
    children.push(unescaped(words, reading));
    reading.at += words.length;
  } else if (text.startsWith('<![CDATA[', at)) children.push(upTo(reading, '<![CDATA[', ']]>'));
  else if (text.startsWith('<!--', at)) upTo(reading, '<!--', '-->');
  else if (text.startsWith('<?', at)) upTo(reading, '<?', '?>');
  else if (text.startsWith('<!', at)) throw broken(reading, 'a document type is not allowed');
  else if (text.startsWith('</', at)) closeElement(reading, open);
  else openElement(reading, open);
}

/** Moves behind a piece, and returns what is between its ends. */
function upTo(reading: Reading, begin: string, end: string): string {
  const { text, at } = reading;
  const found = text.indexOf(end, at + begin.length);
  if (found < 0) throw broken(reading, `${begin} is not closed`);
  reading.at = found + end.length;
  return text.slice(at + begin.length, found);
}

function closeElement(reading: Reading, open: OpenElement[]): void {
  const { tag } = open.at(-1) as OpenElement;
  const name = upTo({ ...reading }, '</', '>').trim();
  if (open.length === 1 || name !== tag) throw broken(reading, `</${name.slice(0, 50)}> closes nothing`);
  upTo(reading, '</', '>');
  const element = open.pop() as OpenElement;
  open.at(-1)?.children.push(element);
}

const NAME = /[\p{L}_][\p{L}\p{N}._:-]*/uy;
const SPACES = /[ \t\n]*/y;

function openElement(reading: Reading, open: OpenElement[]): void {
  const line = lineOf(reading);
  reading.at += 1;
  const tag = take(reading, NAME);
  if (tag === '') throw broken(reading, 'a "<" that begins no element has to be written as &lt;');
  if (open.length > MAX_DEPTH) throw broken(reading, `the elements are nested more than ${MAX_DEPTH} levels deep`);
  const attributes = readAttributes(reading);
  const element: OpenElement = { name: withoutPrefix(tag), tag, attributes, children: [], line };
  const isEmpty = reading.text[reading.at] === '/';
  if (isEmpty) reading.at += 1;
  if (reading.text[reading.at] !== '>') throw broken(reading, `<${tag}> is not closed`);
  reading.at += 1;
  if (isEmpty) open.at(-1)?.children.push(element);
  else open.push(element);
}

function readAttributes(reading: Reading): ReadonlyMap<string, string> {
  const { text } = reading;
  const found = new Map<string, string>();
  for (;;) {
    const spaces = take(reading, SPACES);
    const name = take(reading, NAME);
    if (name === '') return found;
    if (spaces === '') throw broken(reading, `there must be a space before the attribute "${name}"`);
    take(reading, SPACES);
    if (text[reading.at] !== '=') throw broken(reading, `the attribute "${name}" has no value`);
    reading.at += 1;
    take(reading, SPACES);
    const quote = text[reading.at];
    if (quote !== '"' && quote !== "'") throw broken(reading, `the value of "${name}" must be in quotes`);
    const value = upTo(reading, quote, quote);
    if (value.includes('<')) throw broken(reading, `the value of "${name}" has a "<", which has to be written as &lt;`);
    // Line breaks and tabs of a value are spaces, unless they are written as references.
    found.set(withoutPrefix(name), unescaped(value.replace(/[\n\t]/g, ' '), reading));
  }
}

function take(reading: Reading, pattern: RegExp): string {
  const sticky = new RegExp(pattern.source, pattern.flags);
  sticky.lastIndex = reading.at;
  const [found = ''] = sticky.exec(reading.text) ?? [];
  reading.at += found.length;
  return found;
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Resolves the five entities of XML and references to characters. */
function unescaped(text: string, reading: Reading): string {
  if (!text.includes('&')) return text;
  const [first = '', ...rest] = text.split('&');
  return rest.reduce((sum, piece) => {
    const end = piece.slice(0, 12).indexOf(';');
    const name = piece.slice(0, Math.max(end, 0));
    const char = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : charOf(name);
    if (char === undefined) throw broken(reading, `"&${piece.slice(0, 10)}" is not an entity of XML; write "&" as &amp;`);
    return sum + char + piece.slice(end + 1);
  }, first);
}

function charOf(name: string): string | undefined {
  const found = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(name);
  const code = found ? Number.parseInt(found[1] ?? found[2] ?? '', found[1] === undefined ? 10 : 16) : Number.NaN;
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}

function broken(reading: Reading, message: string): XmlError {
  const column = reading.at - reading.text.lastIndexOf('\n', reading.at - 1);
  return new XmlError(message, lineOf(reading), column);
}

function lineOf(reading: Reading): number {
  for (; reading.nextBreak < reading.at; reading.line += 1) reading.nextBreak = breakFrom(reading.text, reading.nextBreak + 1);
  return reading.line;
}

function breakFrom(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}
