/** An output of a path without a filter: `{{ name }}`. */
export const PLAIN_OUTPUT = /\{\{-?\s*([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)\s*-?\}\}/g;

/** Tells whether a text has anything that Liquid would read. Other texts never touch it. */
export function isTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}
