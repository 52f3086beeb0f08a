/** As wide as Biome makes JSON in this repository. */
const WIDTH = 140;

/** Writes JSON so that people can read it: whatever fits into a line stands in one, and a diff shows the member that has changed. */
export function layOutJson(value: unknown): string {
  return `${laidOut(value, { indent: '', used: 0 })}\n`;
}

/** Where a value is written: the indent of its line, and how many characters of the line are used up. */
interface Place {
  readonly indent: string;
  readonly used: number;
}

function laidOut(value: unknown, { indent, used }: Place): string {
  const line = inOneLine(value);
  if (value === null || typeof value !== 'object' || indent.length + used + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const members = value.map((one) => inner + laidOut(one, { indent: inner, used: 1 }));
    return `[\n${members.join(',\n')}\n${indent}]`;
  }
  const members = Object.entries(value).map(([name, one]) => {
    const key = `${JSON.stringify(name)}: `;
    return inner + key + laidOut(one, { indent: inner, used: key.length + 1 });
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function inOneLine(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${inOneLine(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}
