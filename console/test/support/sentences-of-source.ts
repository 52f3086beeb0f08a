import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type Span, Visitor } from 'oxc-parser';

/** Files without words for people: generated ones, and a list of codes. */
const WORDLESS = /^(api\/answers|look\/icons|form\/intl-names)\.ts$/;
/** Members whose texts are shown, whatever they look like. */
const SHOWN = new Set(['title', 'label', 'sentence']);
/** Begins with a capital or has several words. */
const READS_LIKE_A_SENTENCE = /^[A-Z{][a-z ]|[a-zA-Z] [a-zA-Z{]/;
/** Names in code: `TriggeredByFlow`, `ArrowLeft`, `Mod+z`, the path of a drawing, a font. */
const CODE = /^(([A-Z][a-z]+){2,}|(Mod|Shift|Alt)\+.*|[ML][ \d.-].*|\d.*(px|solid).*|.*Inter Variable.*|\{\{)$/;
/** Other texts that are nobody's words. */
const OTHERS = new Set(['Meta', 'Control', 'Escape', 'Backspace', 'Files', 'English', 'Deutsch', 'Parley']);
const IN_CODE: ReadonlySet<string> = new Set([
  'className',
  'classNames',
  'viewBox',
  'preserveAspectRatio',
  'd',
  'transform',
  'querySelector',
  'closest',
]);

/**
 * Returns the sentences of a folder of sources in English:
 *
 * - the texts that are given to `say`, and those of the constants that are given to it: `say(LAYOUTS[shown])`;
 * - the texts of the members `title`, `label` and `sentence`, and the words of keys;
 * - every other text that reads like a sentence, apart from those that clearly are code. So a table of words needs no mark, and words that
 *   somebody forgot to give to `say` are found, too.
 */
export function sentencesOfSource(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !WORDLESS.test(file))
    .flatMap((file) => sentencesIn(file, readFileSync(join(folder, file), 'utf8')));
}

function sentencesIn(file: string, source: string): readonly string[] {
  const texts: (Span & { readonly value: string })[] = [];
  const said: Span[] = [];
  const code: Span[] = [];
  const keys: Span[] = [];
  const constants = new Map<string, Span>();
  const names: string[] = [];
  new Visitor({
    Literal({ value, start, end }) {
      if (typeof value === 'string') texts.push({ value, start, end });
    },
    TemplateElement({ value: { raw }, start, end }) {
      texts.push({ value: raw.trim(), start, end });
    },
    JSXText({ value, start, end }) {
      texts.push({ value: value.trim(), start, end });
    },
    CallExpression({ callee, arguments: [first] }) {
      const name = callee.type === 'MemberExpression' ? nameOf(callee.property) : nameOf(callee);
      if (name !== undefined && IN_CODE.has(name) && first) code.push(first);
      if (name !== 'say' || !first) return;
      said.push(...resultsOf(first));
      const constant = constantOf(first);
      if (constant !== undefined) names.push(constant);
    },
    VariableDeclarator({ id, init }) {
      if (id.type === 'Identifier' && init) constants.set(id.name, init);
    },
    Property({ key, value }) {
      const name = nameOf(key);
      if (name === 'keys' && value.type === 'ArrayExpression') keys.push(value);
      else if (name === 'key' || name === 'queryKey') code.push(value);
      else if (name !== undefined && SHOWN.has(name) && nameOf(value) !== name) said.push(...resultsOf(value));
      code.push(key);
    },
    JSXAttribute({ name, value }) {
      if (name.type === 'JSXIdentifier' && IN_CODE.has(name.name) && value) code.push(value);
    },
    NewExpression(made) {
      if (/Error$/.test(nameOf(made.callee) ?? '')) code.push(made);
    },
    ImportDeclaration(one) {
      code.push(one.source);
    },
    ImportExpression(one) {
      code.push(one.source);
    },
    ExportNamedDeclaration(one) {
      if (one.source) code.push(one.source);
    },
    TSLiteralType(one) {
      code.push(one);
    },
  }).visit(parseSync(file, source).program);
  said.push(...names.flatMap((name) => constants.get(name) ?? []));
  return texts
    .filter((text) => text.value !== '' && !within(text, code))
    .flatMap((text) => {
      if (within(text, keys)) return keyNames(text.value);
      return !CODE.test(text.value) && (within(text, said) || isSentence(text.value)) ? [text.value] : [];
    });
}

/** The members that the functions below read, of the kinds of expressions that have them. */
type Expression = Span & {
  readonly type: string;
  readonly name?: string;
  readonly object?: Expression;
  readonly computed?: boolean;
} & { readonly [member in 'consequent' | 'alternate' | 'left' | 'right']?: Expression };

/** Returns the literals that an expression can be: both of `isOnline ? 'Online' : 'Offline'`. */
function resultsOf(node: object & Span): readonly Span[] {
  const { type, consequent, alternate, left, right } = node as Expression;
  if (type === 'Literal') return [node];
  if (type !== 'ConditionalExpression' && type !== 'LogicalExpression') return [];
  return [consequent, alternate, left, right].flatMap((one) => (one ? resultsOf(one) : []));
}

/** Returns `LAYOUTS` for `LAYOUTS[shown]`. */
function constantOf(node: object): string | undefined {
  const { type, object, computed, name = '', left } = node as Expression;
  if (left && type === 'LogicalExpression') return constantOf(left);
  if (object && (computed || object.type === 'Identifier')) return constantOf(object);
  return type === 'Identifier' && /^[A-Z]/.test(name) ? name : undefined;
}

function nameOf(node: object): string | undefined {
  const { name, value } = node as { readonly name?: string; readonly value?: string };
  return name ?? value;
}

function within({ start, end }: Span, places: readonly Span[]): boolean {
  return places.some((place) => place.start <= start && end <= place.end);
}

/** Returns the words on the keys of `Mod+Shift+z`; letters, digits and signs are the same everywhere. */
function keyNames(keys: string): readonly string[] {
  return keys.split('+').filter((key) => /^[a-zA-Z]{2,}$/.test(key) && !/^(Mod|Arrow.*|Escape|Delete|Backspace)$/.test(key));
}

function isSentence(text: string): boolean {
  return READS_LIKE_A_SENTENCE.test(text) && !OTHERS.has(text);
}
