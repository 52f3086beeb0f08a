import { pointerOf } from '../contract/json/json-pointer.js';
import { piecesOf } from '../template/pieces.js';
import { type Description, walkSchema } from './walk-schema.js';

/** A text that people read, or a word that they may write: marked in the schema by `meta({ translatable })`. */
export interface TranslatableText {
  /** A JSON Pointer into the params. */
  readonly pointer: string;
  readonly value: string;
  /** The label of the field. */
  readonly label?: string;
  /** Whether the same text may do for all languages: `meta({ translatable: 'perhaps' })`. */
  readonly mayStay: boolean;
  /** Returns whether the field may have another text, as far as its own schema says. */
  readonly accepts: (text: string) => boolean;
}

/** Returns the texts in a value that are translated, in the order of the schema. Parts that do not fit the schema are left out. */
export function translatableTexts(schema: Description, value: unknown): readonly TranslatableText[] {
  const found = new Map<string, TranslatableText>();
  walkSchema(schema, value, ({ description, value: text, path }) => {
    const marks = description.metas?.flatMap(({ translatable = false }) => (translatable ? [translatable] : [])) ?? [];
    if (typeof text !== 'string' || marks.length === 0) return;
    const mayStay = marks.includes('perhaps');
    const pointer = pointerOf(path);
    const { label } = description.flags ?? {};
    if (!found.has(pointer))
      found.set(pointer, { pointer, value: text, mayStay, ...(label === undefined ? {} : { label }), accepts: accepting(description) });
  });
  return [...found.values()];
}

/** A schema with any rule but a maximum length accepts nothing here: it has to be asked itself. */
function accepting({ rules = [], allow = [] }: Description): (text: string) => boolean {
  const [max, ...others] = rules;
  const isKnown = others.length === 0 && (max === undefined || (max.name === 'max' && typeof max.args?.limit === 'number'));
  const limit = typeof max?.args?.limit === 'number' ? max.args.limit : Number.POSITIVE_INFINITY;
  return (text) => isKnown && text.length <= limit && (text !== '' || allow.includes(''));
}

/** Returns whether a text has words to translate: letters outside of templates and addresses. */
export function hasWords(text: string): boolean {
  return piecesOf(text).some((piece) => !piece.isCode && /\p{L}/u.test(piece.text.replace(/https?:\/\/\S*/gi, ' ')));
}
