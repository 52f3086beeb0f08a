/** A part of a text that is a template: `{{ … }}` or `{% … %}`. */
export interface TemplateRange {
  readonly from: number;
  readonly to: number;
  readonly kind: 'output' | 'tag';
  /** Whether it has its end. */
  readonly isClosed: boolean;
}

/**
 * Returns the templates in a text, in order. One without its end reaches to the next beginning, or to the end of its line.
 *
 * @example templateRanges('Hi {{ name }}!')   // [{ from: 3, to: 13, kind: 'output', isClosed: true }]
 */
export function templateRanges(text: string): readonly TemplateRange[] {
  const ranges: TemplateRange[] = [];
  const begin = /\{\{|\{%/g;
  for (let found = begin.exec(text); found; found = begin.exec(text)) {
    const kind = found[0] === '{{' ? 'output' : 'tag';
    const from = found.index;
    const end = text.indexOf(kind === 'output' ? '}}' : '%}', from + 2);
    const next = text.slice(from + 2).search(/\{\{|\{%/);
    const isClosed = end >= 0 && (next < 0 || end < from + 2 + next);
    const to = isClosed ? end + 2 : openEnd(text, from + 2, next);
    ranges.push({ from, to, kind, isClosed });
    begin.lastIndex = to;
  }
  return ranges;
}

function openEnd(text: string, from: number, next: number): number {
  const line = text.indexOf('\n', from);
  const ends = [line < 0 ? text.length : line, next < 0 ? text.length : from + next];
  return Math.min(...ends);
}

/** Returns the template in which a position stands, between its braces. */
export function templateAt(text: string, position: number): TemplateRange | undefined {
  return templateRanges(text).find(({ from, to, isClosed }) => position >= from + 2 && position <= (isClosed ? to - 2 : to));
}

/** Returns whether a text is one expression and nothing else, so that it keeps the type of its value. */
export function isOneExpression(text: string): boolean {
  const [only, ...others] = templateRanges(text.trim());
  return (
    only !== undefined &&
    others.length === 0 &&
    only.kind === 'output' &&
    only.isClosed &&
    only.from === 0 &&
    only.to === text.trim().length
  );
}
