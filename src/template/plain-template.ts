/** A text that holds nothing but plain outputs, as texts and paths in turn; null for one that Liquid has to read. */
export type PlainParts = readonly (string | readonly string[])[] | null;

/** Plain outputs (`{{ name }}`, without a filter) of what is not there: empty, and said. */
export const PLAIN_OUTPUT = /\{\{-?\s*([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)\s*-?\}\}/g;

/** Most texts of flows are `Hello {{ name }}`: filled without a parser, they cost a tenth. */
export function plainPartsOf(source: string): PlainParts {
  const parts: (string | readonly string[])[] = [];
  let from = 0;
  for (const found of source.matchAll(PLAIN_OUTPUT)) {
    parts.push(source.slice(from, found.index), (found[1] ?? '').split('.'));
    from = found.index + found[0].length;
  }
  parts.push(source.slice(from));
  const isPlain = parts.every((part) => typeof part !== 'string' || !isTemplate(part));
  const isLiquid = parts.some((part) => typeof part !== 'string' && part.some((name) => LIQUIDS_OWN.has(name)));
  return isPlain && !isLiquid && !source.includes('-}}') && !source.includes('{{-') ? parts : null;
}

/** Names that Liquid reads in its own way. */
const LIQUIDS_OWN: ReadonlySet<string> = new Set(['size', 'first', 'last', 'nil', 'null', 'true', 'false', 'empty', 'blank']);

/** Anything that Liquid would read; other texts never touch it. */
export function isTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}
