import { CommandError } from './command.js';

/** Reads inputs of a flow as they are typed, `order=A-17`. The flow decides about their types. */
export function inputsOf(rows: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    rows.map((row) => {
      const at = row.indexOf('=');
      if (at < 1) throw new CommandError(`--data: "${row}" is not of the form key=value`, 2);
      return [row.slice(0, at), row.slice(at + 1)] as const;
    }),
  );
}
