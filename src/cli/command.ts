import type { parseArgs } from 'node:util';

/** One word of the `parley` command. Its help and docs/command.md are made of this, and its arguments are read by it. */
export interface Command {
  /** One line for the overview. */
  readonly summary: string;
  /** The ways to call it, without the `parley` before it. */
  readonly usage: readonly string[];
  /** What it does, and what one might not guess. */
  readonly about: string;
  readonly options: Options;
  /** How many words beside the options: what is less is told with `lacks`. */
  readonly words: { readonly least: number; readonly most: number; readonly lacks?: string };
  /** Whole command lines that work, the first the plainest. */
  readonly examples: readonly string[];
  /** When the exit code is 1. */
  readonly fails: string;
  /** The exit code: 0 well, 1 the thing asked for is not well. What was asked in the wrong way is a `CommandError`. */
  run(given: Given, terminal: Terminal): Promise<number>;
}

/** Options by name. `value` is what the help shows for one that takes a value; `many`: may be given more than once. */
export type Options = Readonly<Record<string, Option>>;
export interface Option {
  readonly value?: string;
  readonly many?: true;
  readonly help: string;
}

/** What was given: the words, and each option's value, `true` for one that takes none. */
export interface Given<O extends Options = Options> {
  readonly words: readonly string[];
  readonly options: { readonly [K in keyof O]?: ValueOf<O[K]> };
}
type ValueOf<T extends Option> = T extends { readonly many: true }
  ? readonly string[]
  : T extends { readonly value: string }
    ? string
    : true;

/** Where a command runs: tests bring their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The text of the file `.env` where the command is called; '' where there is none. */
  readonly dotenv: string;
  readonly stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean };
  /** What the command is for: an answer. */
  out(text: string): void;
  /** Beside it: complaints and progress. */
  err(text: string): void;
  /** Aborted when the person at the terminal wants no more. */
  readonly interrupted: AbortSignal;
}

/** What goes wrong with a command, in words for the terminal. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    /** 1: what was asked for is not well; 2: asked for in the wrong way. */
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

/** As node's parseArgs takes them. */
export type ParseOptions = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;
