import { parseArgs } from 'node:util';
import { type Command, CommandError, type Given, type ParseOptions } from './command.js';

/** The words and options of a command line; what does not fit the command is asked in the wrong way. */
export function readArguments(
  { options, words: { least, most, lacks = 'there is a word missing' } }: Command,
  args: readonly string[],
): Given {
  const wanted: ParseOptions = Object.fromEntries(
    Object.entries(options).map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: many } as const,
    ]),
  );
  const { values, positionals } = parsed(wanted, args);
  if (positionals.length < least) throw new CommandError(lacks, 2);
  const extra = positionals[most];
  if (extra !== undefined) throw new CommandError(`"${extra}" is one word too many`, 2);
  // parseArgs has made text of those with a value, a list of those that may be many, and true of the others.
  return { words: positionals, options: values as Given['options'] };
}

/** As node's parseArgs, its complaints being the caller's mistake. */
function parsed(options: ParseOptions, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // The rest of its words is about how parseArgs is called.
    const [words = ''] = (error instanceof Error ? error.message : String(error)).split('. To specify');
    throw new CommandError(words, 2);
  }
}

/** A number that an option or a word is to be. */
export function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CommandError(`${name}: "${text}" is no whole number`, 2);
  return Number(text);
}

/** One of the words that an option takes. */
export function oneOf<const T extends string>(text: string, name: string, words: readonly T[]): T {
  const found = words.find((one) => one === text);
  if (found === undefined) throw new CommandError(`${name}: "${text}" is none of ${words.join(', ')}`, 2);
  return found;
}
