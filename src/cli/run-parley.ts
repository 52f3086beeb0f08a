import { type Command, CommandError, type Terminal } from './command.js';
import { helpOf, overview } from './help.js';
import { readArguments } from './read-arguments.js';

/** Runs a command line (without `parley`) and returns the exit code. Errors are shown as messages, never as stacks. */
export async function runParley(commands: Readonly<Record<string, Command>>, line: readonly string[], terminal: Terminal): Promise<number> {
  const [name = '', ...args] = line;
  if (['', 'help', '--help', '-h'].includes(name)) {
    terminal.out(overview(commands));
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.err(`parley: unknown command "${name}"\n${overview(commands)}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    terminal.out(`${helpOf(name, command)}\n`);
    return 0;
  }
  try {
    return await command.run(readArguments(command, args), terminal);
  } catch (error) {
    const { message, exitCode } = error instanceof CommandError ? error : { message: wordsOf(error), exitCode: 1 };
    terminal.err(`parley ${name}: ${message}\n${exitCode === 2 ? `See "parley ${name} --help".\n` : ''}`);
    return exitCode;
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
