/** Returns the name of a type as a title: `ask-number` is "Ask number". */
export function titleOf(type: string): string {
  return type.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());
}
