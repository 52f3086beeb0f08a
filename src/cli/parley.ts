#!/usr/bin/env node
import { CommandError } from './api.js';
import { chat } from './chat.js';
import { check } from './check.js';
import type { Command } from './command.js';
import { newPackage } from './new.js';
import { replay } from './replay.js';
import { start } from './start.js';

const commands: Readonly<Record<string, Command>> = { start, check, chat, replay, new: newPackage };

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  const known = name === '' || name === 'help' || name === '--help';
  (known ? process.stdout : process.stderr).write(`${known ? '' : `parley: there is no command "${name}"\n`}${overview()}`);
  process.exitCode = known ? 0 : 2;
} else if (args.includes('--help')) {
  process.stdout.write(`${command.usage}\n`);
} else {
  process.exitCode = await command.run(args).catch((error: unknown) => {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`parley ${name}: ${error.message}\n`);
    return error.exitCode;
  });
}

function overview(): string {
  const rows = Object.entries(commands).map(([word, { summary }]) => `  parley ${word.padEnd(8)} ${summary}\n`);
  return `usage: parley <command> [--help]\n\n${rows.join('')}`;
}
