/** A piece of a template. */
export interface TemplatePiece {
  /** `{{ … }}` or `{% … %}`, with its braces; otherwise words that are shown as they are. */
  readonly isCode: boolean;
  readonly text: string;
}

/**
 * Splits a template into words and Liquid, in order. Braces that are not closed are words.
 *
 * @example piecesOf('Hi {{ name }}!')   // 'Hi ', code '{{ name }}', '!'
 */
export function piecesOf(template: string): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let words = '';
  for (let i = 0; i < template.length; ) {
    const begin = nextOpening(template, i);
    const end = begin < 0 ? -1 : template.indexOf(template[begin + 1] === '%' ? '%}' : '}}', begin + 2);
    if (end < 0) {
      words += template.slice(i);
      break;
    }
    words += template.slice(i, begin);
    if (words !== '') pieces.push({ isCode: false, text: words });
    words = '';
    pieces.push({ isCode: true, text: template.slice(begin, end + 2) });
    i = end + 2;
  }
  return words === '' ? pieces : [...pieces, { isCode: false, text: words }];
}

/** Returns the index of the next `{{` or `{%`, or -1. */
function nextOpening(template: string, from: number): number {
  for (let i = template.indexOf('{', from); i >= 0; i = template.indexOf('{', i + 1))
    if (template[i + 1] === '{' || template[i + 1] === '%') return i;
  return -1;
}
