/** Returns true if a text has no templates, so that it is known before the flow runs. */
export function isLiteral(text: string): boolean {
  return !text.includes('{{') && !text.includes('{%');
}
