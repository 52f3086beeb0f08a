import { parseArgs } from 'node:util';
import { type Command, CommandError, type Given, type ParseOptions } from './command.js';

/** Reads the words and options of a command line. */
export function readArguments({ options, words: { min, max, missing = 'a word is missing' } }: Command, args: readonly string[]): Given {
  const wanted: ParseOptions = Object.fromEntries(
    Object.entries(options).map(([name, { value, many = false }]) => [
      name,
      { type: value === undefined ? 'boolean' : 'string', multiple: many } as const,
    ]),
  );
  const { values, positionals } = parsed(wanted, args);
  if (positionals.length < min) throw new CommandError(missing, 2);
  const extra = positionals[max];
  if (extra !== undefined) throw new CommandError(`unexpected word "${extra}"`, 2);
  // parseArgs has made these of them: text if they have a value, a list if they may be repeated, true otherwise.
  return { words: positionals, options: values as Given['options'] };
}

/** Calls node's parseArgs, whose complaints are a wrong use of the command. */
function parsed(options: ParseOptions, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    // The rest of its message is for those who call parseArgs.
    const [words = ''] = (error instanceof Error ? error.message : String(error)).split('. To specify');
    throw new CommandError(words, 2);
  }
}

/** Reads a number from an option or a word. */
export function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new CommandError(`${name}: "${text}" is not a whole number`, 2);
  return Number(text);
}

/** Reads one of the words that an option takes. */
export function oneOf<const T extends string>(text: string, name: string, words: readonly T[]): T {
  const found = words.find((one) => one === text);
  if (found === undefined) throw new CommandError(`${name}: unknown value "${text}". Use ${words.join(', ')}`, 2);
  return found;
}
