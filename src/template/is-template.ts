/** A plain output: a path of names without a filter, such as `{{ order.total }}`. */
export const PLAIN_OUTPUT = /\{\{-?\s*([A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)*)\s*-?\}\}/g;

/** Returns true if a text has an output or a tag. Other texts never reach Liquid. */
export function isTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}
