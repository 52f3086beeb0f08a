/** Changes a part of a template that is neither a text for people nor a text in quotes. `isTag`: it stands in `{% … %}`. */
type Change = (part: string, isTag: boolean) => string;

/** Changes what stands in the braces of a template; texts in quotes stay as they are. */
export function inCode(template: string, change: Change): string {
  let written = '';
  for (let at = 0; at < template.length; ) {
    const begin = beginOf(template, at);
    if (begin === undefined) return written + template.slice(at);
    const isTag = template.charAt(begin + 1) === '%';
    const found = template.indexOf(isTag ? '%}' : '}}', begin + 2);
    const end = found < 0 ? template.length : found;
    written += template.slice(at, begin + 2) + code(template.slice(begin + 2, end), (part) => change(part, isTag));
    at = end;
  }
  return written;
}

function beginOf(template: string, from: number): number | undefined {
  const places = ['{{', '{%'].map((braces) => template.indexOf(braces, from)).filter((at) => at >= 0);
  return places.length === 0 ? undefined : Math.min(...places);
}

/** Changes an expression; texts in quotes stay as they are. */
export function code(expression: string, change: (part: string) => string): string {
  const parts = expression.split(/("[^"]*"|'[^']*')/);
  return parts.map((part, i) => (i % 2 === 1 ? part : change(part))).join('');
}
