import type { parseArgs } from 'node:util';

/** One command of `parley`. Its help, docs/command.md and the reading of its arguments come from this. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** The ways to call it, without the `parley` before it. */
  readonly usage: readonly string[];
  /** What it does, and what is not obvious. */
  readonly about: string;
  readonly options: Options;
  /** How many words it takes beside the options. `missing` is the message if there are too few. */
  readonly words: { readonly min: number; readonly max: number; readonly missing?: string };
  /** Complete command lines that work, the simplest first. */
  readonly examples: readonly string[];
  /** When the exit code is 1. */
  readonly fails: string;
  /** Returns the exit code: 0 for success, 1 if something is wrong with what it was asked for. A wrong use throws a `CommandError`. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** Options by name. `value` is the placeholder in the help, for an option that takes a value; an option with `many` may be repeated. */
export type Options = Readonly<Record<string, Option>>;
export interface Option {
  readonly value?: string;
  readonly many?: true;
  readonly help: string;
}

/** The words of a command line, and the values of its options; `true` for an option without a value. */
export interface Given<O extends Options = Options> {
  readonly words: readonly string[];
  readonly options: { readonly [K in keyof O]?: ValueOf<O[K]> };
}
type ValueOf<T extends Option> = T extends { readonly many: true }
  ? readonly string[]
  : T extends { readonly value: string }
    ? string
    : true;

/** The environment of a command. Tests have their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of the file `.env` in the current folder; '' if there is none. */
  readonly dotenv: string;
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean };
  /** Writes to standard output: the result. */
  out(text: string): void;
  /** Writes to standard error: complaints and progress. */
  err(text: string): void;
  /** Aborted on Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Ends a command with a message. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** 1: something is wrong with what was asked for; 2: the command was used in the wrong way. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}

/** Declares a command; `run` gets its own options with their types. */
export function defineCommand<const O extends Options>(
  command: Omit<Command, 'run' | 'options'> & { readonly options: O; run(given: Given<O>, terminal: Terminal): Promise<number> },
): Command {
  // Arguments are read by these very options.
  return { ...command, run: (given, terminal) => command.run(given as Given<O>, terminal) };
}

/** Options in the form that node's parseArgs takes. */
export type ParseOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
