/** The figures of several runs, at least three. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}

export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

/** Returns the 50th and the 99th percentile: `12 / 87`. */
export function middleAndWorst(values: readonly number[]): string {
  return values.length === 0 ? '–' : [0.5, 0.99].map((part) => percentile(values, part).toFixed(0)).join(' / ');
}

/** `4 210 (4 100–4 300)` */
export function show({ median, least, most }: Spread, digits = 0): string {
  const text = (value: number) => value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  return `${text(median)} (${text(least)}–${text(most)})`;
}

export function printTable(title: string, rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, i) => {
    const line = `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
    return i === 0 ? `${line}\n|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|` : line;
  });
  process.stdout.write(`\n### ${title}\n\n${lines.join('\n')}\n`);
}
