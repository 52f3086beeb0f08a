import { createInterface } from 'node:readline';
import { argsOf } from './api.js';
import type { Command } from './command.js';

/** What the emulator shows of a message that it took. */
interface Shown {
  readonly index: number;
  readonly kind: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly url?: string;
}

/** Plays a phone in the terminal: what you type goes through the emulator's signed webhooks, what comes back is shown. */
export const chat: Command = {
  summary: 'talk to the running demo like a phone',
  usage: `usage: parley chat [--from <phone>] [--name <name>] [--emulator <url>]

Talks to the host through the WhatsApp emulator that "npm start" runs. Buttons and rows are numbered: type the number to tap.
An empty line or Ctrl-D ends it.`,
  async run(args) {
    const { values } = argsOf({
      args: [...args],
      options: {
        from: { type: 'string', default: '4915112345678' },
        name: { type: 'string', default: 'Ada' },
        emulator: { type: 'string', default: `http://127.0.0.1:${process.env['EMULATOR_WHATSAPP_PORT'] ?? '3978'}` },
      },
    });
    return talk(values.emulator, { from: values.from, name: values.name });
  },
};

interface Person {
  readonly from: string;
  readonly name: string;
}

async function talk(emulator: string, person: Person): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  const ended = new AbortController();
  let shown: Shown | undefined;
  const listening = listen(emulator, person, ended.signal, (message) => {
    shown = message;
    process.stdout.write(`\r${lines(message)}`);
    terminal.prompt(true);
  });
  listening.catch((error: unknown) => {
    process.stderr.write(`\nparley chat: ${error instanceof Error ? error.message : String(error)}\n`);
    terminal.close();
  });
  process.stdout.write(`You are ${person.name}, +${person.from}. Write something ("hi" starts the demo).\n`);
  terminal.prompt();
  for await (const line of terminal) {
    const text = line.trim();
    if (text === '') break;
    const tapped = shown?.choices[Number(text) - 1];
    await post(`${emulator}/emulator/say`, { ...person, ...(tapped ? { choice: tapped } : { text }) });
    terminal.prompt();
  }
  ended.abort();
  terminal.close();
  return listening.then(
    () => 0,
    () => 1,
  );
}

/** Shows what comes in until it is told to stop; asks in long polls, so an answer is seen at once. */
async function listen(emulator: string, { from }: Person, signal: AbortSignal, show: (message: Shown) => void): Promise<void> {
  let after = await newest(emulator, from);
  while (!signal.aborted) {
    const messages = await fetch(`${emulator}/emulator/messages?to=${from}&after=${after}&wait=20`, { signal }).then(
      async (answer) => (await answer.json()) as { readonly items: readonly Shown[] },
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

/** The index of the last message of earlier conversations: they are not shown again. */
async function newest(emulator: string, from: string): Promise<number> {
  const answer = await fetch(`${emulator}/emulator/messages?to=${from}&after=-1`).catch(() => {
    throw new Error(`no emulator answers on ${emulator}: is "npm start" running?`);
  });
  const { items } = (await answer.json()) as { readonly items: readonly Shown[] };
  return items.at(-1)?.index ?? -1;
}

function lines({ kind, text, url, choices }: Shown): string {
  const media = url === undefined ? '' : `[${kind}] ${url}\n`;
  const body = text === '' ? '' : `${text}\n`;
  return `${media}${body}${choices.map(({ title }, i) => `  ${i + 1}. ${title}\n`).join('')}`;
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) process.stderr.write(`the emulator refused it: ${await answer.text()}\n`);
}
