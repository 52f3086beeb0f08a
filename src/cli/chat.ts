import { createInterface } from 'node:readline';
import { settingsGiven } from '../config/load.js';
import { choicesIn, type Shown } from '../contract/index.js';
import { CommandError, defineCommand, type Terminal } from './command.js';
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
  async run({ words: [name = 'whatsapp'], options }, terminal) {
    const phone = Object.hasOwn(PHONES, name) ? PHONES[name] : undefined;
    if (!phone) throw new CommandError(`unknown platform "${name}". Use ${Object.keys(PHONES).join(' or ')}`, 2);
    const port = settingsGiven(terminal.env, terminal.dotenv)[phone.setting] ?? phone.port;
    const person = { from: options.from ?? phone.from, name: options.name ?? 'Ada' };
    return talk({ emulator: options.emulator ?? `http://127.0.0.1:${port}`, person, phone }, terminal);
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

interface Chat {
  /** The address of the emulator. */
  readonly emulator: string;
  readonly person: Person;
  readonly phone: Phone;
}

async function talk({ emulator, person, phone: { opens } }: Chat, { stdin, out, err }: Terminal): Promise<number> {
  const after = await newest(emulator, person.from);
  const isTyped = stdin.isTTY === true;
  const input = createInterface({ input: stdin as NodeJS.ReadableStream, ...(isTyped ? { output: process.stdout, prompt: '> ' } : {}) });
  // Lines that come from now on are kept until they are read.
  const lines = input[Symbol.asyncIterator]();
  const prompt = (isShownAgain: boolean) => (isTyped ? input.prompt(isShownAgain) : undefined);
  const ended = new AbortController();
  let last: Heard | undefined;
  const listening = listen({ emulator, from: person.from, after }, ended.signal, (message) => {
    last = message;
    const shown = screenLines(message.shown).map((line) => `${line}\n`);
    out(`${isTyped ? '\r' : ''}${shown.join('')}`);
    prompt(true);
  });
  listening.catch((error: unknown) => {
    err(`\nparley chat: ${error instanceof Error ? error.message : String(error)}\n`);
    input.close();
  });
  out(`You are ${person.name}, ${person.from}. Type a message ("hi" starts the demo).\n`);
  prompt(false);
  const post = posting(emulator, err);
  if (opens) await post('open', person).catch(() => {});
  for await (const line of lines) {
    const text = line.trim();
    if (text === '') break;
    if (!isTyped) out(`> ${text}\n`);
    const tapped = last && choicesIn(last.shown)[Number(text) - 1];
    const choice = tapped && { id: tapped.id ?? tapped.title, title: tapped.title };
    if (tapped && tapped.does !== 'reply') out('A tap on this button sends no message.\n');
    else await post('say', { ...person, ...(choice ? { choice, quotes: last?.id } : { text }) });
    prompt(false);
  }
  ended.abort();
  input.close();
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

/** Returns a function that tells the emulator what the person does. */
function posting(emulator: string, err: Terminal['err']): (what: 'open' | 'say', body: object) => Promise<void> {
  return async (what, body) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${emulator}/emulator/${what}`, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!answer.ok) err(`the emulator refused the message: ${await answer.text()}\n`);
  };
}
