import type { Command, Option } from './command.js';

/** Returns what `--help` prints. */
export function helpOf(name: string, { usage, about, options, examples, fails }: Command): string {
  const calls = usage.map((one, i) => `${i === 0 ? 'usage: ' : '       '}parley ${name}${one === '' ? '' : ` ${one}`}`);
  const rows = [...Object.entries(options).map(optionRow), ['--help', 'show this text'] as const];
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return [
    calls.join('\n'),
    wrapped(about, 0),
    `options\n${rows.map(([left, help]) => `  ${left.padEnd(width)}${wrapped(help, width + 2)}`).join('\n')}`,
    `${examples.length === 1 ? 'example' : 'examples'}\n${examples.map((one) => `  ${one}`).join('\n')}`,
    `exit code\n  0  success\n  1  ${wrapped(fails, 5)}\n  2  wrong usage`,
  ].join('\n\n');
}

/** Returns the list of all commands. */
export function overview(commands: Readonly<Record<string, Command>>): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  const rows = Object.entries(commands).map(([name, { summary }]) => `  parley ${name.padEnd(width)}${summary}\n`);
  return `usage: parley <command> [--help]\n\n${rows.join('')}`;
}

function optionRow([name, { value, many, help }]: readonly [string, Option]): readonly [string, string] {
  return [`--${name}${value === undefined ? '' : ` <${value}>`}`, many ? `${help}; may be repeated` : help];
}

const WIDTH = 100;

/** Breaks a text into lines at blanks, and indents all lines but the first. */
function wrapped(text: string, indent: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + word.length + 1 > WIDTH - indent) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
