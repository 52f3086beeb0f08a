import { createInterface } from 'node:readline';
import { settingsGiven } from '../config/load.js';
import { choicesIn, type Shown } from '../contract/index.js';
import { CommandError, defineCommand } from './command.js';
import { screenLines } from './screen-lines.js';

/** A message as the emulator has taken it. */
interface Heard {
  readonly index: number;
  readonly id: string;
  readonly shown: Shown;
}

/** Plays a phone in the terminal. What is typed goes through the emulator's signed webhooks, and the replies are shown. */
export const chat = defineCommand({
  summary: 'talk to the running demo like a phone',
  usage: ['[whatsapp | viber] [--from <id>] [--name <name>]'],
  about:
    'Talks to the host through the emulators that "npm start" runs. Buttons and rows are numbered: type the number to tap one. An empty line or Ctrl-D ends the chat.',
  options: {
    from: { value: 'id', help: 'your phone number, or your user id on Viber' },
    name: { value: 'name', help: 'your name (default: Ada)' },
    emulator: { value: 'address', help: 'the address of the emulator (default: the one of "npm start")' },
  },
  words: { min: 0, max: 1 },
  examples: ['parley chat', 'parley chat viber --name Grace'],
  fails: 'no emulator answers',
  async run({ words: [name = 'whatsapp'], options }, { env, dotenv }) {
    const phone = Object.hasOwn(PHONES, name) ? PHONES[name] : undefined;
    if (!phone) throw new CommandError(`unknown platform "${name}". Use ${Object.keys(PHONES).join(' or ')}`, 2);
    const emulator = options.emulator ?? `http://127.0.0.1:${settingsGiven(env, dotenv)[phone.setting] ?? phone.port}`;
    return talk(emulator, { from: options.from ?? phone.from, name: options.name ?? 'Ada' }, phone);
  },
});

/** A platform to chat on. `opens`: the chat is opened before the first message, which may bring a welcome. */
interface Phone {
  readonly setting: string;
  readonly port: string;
  readonly from: string;
  readonly opens?: true;
}
const PHONES: Readonly<Record<string, Phone>> = {
  whatsapp: { setting: 'EMULATOR_WHATSAPP_PORT', port: '3978', from: '4915112345678' },
  viber: { setting: 'EMULATOR_VIBER_PORT', port: '3979', from: 'ada==', opens: true },
};

interface Person {
  readonly from: string;
  readonly name: string;
}

async function talk(emulator: string, person: Person, { opens }: Phone): Promise<number> {
  const after = await newest(emulator, person.from);
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  const ended = new AbortController();
  let last: Heard | undefined;
  const listening = listen({ emulator, from: person.from, after }, ended.signal, (message) => {
    last = message;
    process.stdout.write(
      `\r${screenLines(message.shown)
        .map((line) => `${line}\n`)
        .join('')}`,
    );
    terminal.prompt(true);
  });
  listening.catch((error: unknown) => {
    process.stderr.write(`\nparley chat: ${error instanceof Error ? error.message : String(error)}\n`);
    terminal.close();
  });
  process.stdout.write(`You are ${person.name}, ${person.from}. Type a message ("hi" starts the demo).\n`);
  terminal.prompt();
  if (opens) await post(`${emulator}/emulator/open`, person).catch(() => {});
  for await (const line of terminal) {
    const text = line.trim();
    if (text === '') break;
    const tapped = last && choicesIn(last.shown)[Number(text) - 1];
    const choice = tapped && { id: tapped.id ?? tapped.title, title: tapped.title };
    if (tapped && tapped.does !== 'reply') process.stdout.write('A tap on this button sends no message.\n');
    else await post(`${emulator}/emulator/say`, { ...person, ...(choice ? { choice, quotes: last?.id } : { text }) });
    terminal.prompt();
  }
  ended.abort();
  terminal.close();
  return listening.then(
    () => 0,
    () => 1,
  );
}

/** Shows what comes in until `signal` is aborted. It uses long polls, so replies show at once. */
async function listen(
  { emulator, from, after: first }: { readonly emulator: string; readonly from: string; readonly after: number },
  signal: AbortSignal,
  show: (message: Heard) => void,
): Promise<void> {
  let after = first;
  while (!signal.aborted) {
    const messages = await fetch(`${emulator}/emulator/messages?to=${encodeURIComponent(from)}&after=${after}&wait=20`, { signal }).then(
      async (answer) => (await answer.json()) as { readonly items: readonly Heard[] },
      (error: unknown) => {
        if (signal.aborted) return { items: [] };
        throw new Error(
          `no emulator answers on ${emulator}: is "npm start" running? (${error instanceof Error ? error.message : String(error)})`,
        );
      },
    );
    for (const message of messages.items) {
      after = message.index;
      show(message);
    }
  }
}

/** Returns the index of the last message so far: earlier conversations are not shown again. */
async function newest(emulator: string, from: string): Promise<number> {
  const answer = await fetch(`${emulator}/emulator/messages?to=${encodeURIComponent(from)}&after=-1`).catch(() => {
    throw new CommandError(`no emulator answers on ${emulator}: is "npm start" running?`);
  });
  const { items } = (await answer.json()) as { readonly items: readonly Heard[] };
  return items.at(-1)?.index ?? -1;
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) process.stderr.write(`the emulator refused the message: ${await answer.text()}\n`);
}
