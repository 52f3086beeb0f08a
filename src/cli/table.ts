import stringWidth from 'string-width';

/** Writes rows as columns, each as wide as its widest text on a terminal (写 takes two cells). The last column is not padded. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => stringWidth(row[i] ?? ''))));
  return all
    .map(
      (row) =>
        `${row
          .map((text, i) => (i === row.length - 1 ? text : padded(text, widths[i] ?? 0)))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
