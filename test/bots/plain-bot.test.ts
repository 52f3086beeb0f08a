import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect } from 'chai';

interface Heard {
  readonly index: number;
  readonly kind: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
}

describe('the example of a plain bot', () => {
  let child: ChildProcess;
  let ports: { readonly bot: number; readonly whatsapp: number; readonly viber: number };
  before(async () => {
    ports = { bot: await freePort(), whatsapp: await freePort(), viber: await freePort() };
    child = spawn(process.execPath, ['dist/examples/plain-bot/emulated.js'], {
      env: {
        ...process.env,
        PORT: `${ports.bot}`,
        EMULATOR_WHATSAPP_PORT: `${ports.whatsapp}`,
        EMULATOR_VIBER_PORT: `${ports.viber}`,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await listening(child);
  });
  after(async () => {
    child.kill();
    await once(child, 'exit');
  });

  for (const platform of ['whatsapp', 'viber'] as const)
    it(`takes an order on ${platform}, by words and by buttons, and tells when it is ready`, async () => {
      const phone = aPhone(`http://127.0.0.1:${ports[platform]}`, platform === 'whatsapp' ? '4915112345678' : 'ada');
      expect((await phone.say('hi')).text).to.equal('What is your name?');
      const asked = await phone.say('Ada');
      expect([asked.text, asked.choices.map(({ title }) => title)]).to.deep.equal([
        'Hello Ada! What would you like?',
        ['Tea', 'Coffee', 'Water'],
      ]);
      expect((await phone.say('Beer')).text).to.equal('We only have these:');
      const card = await phone.tap(1);
      expect([card.text, card.choices.map(({ title }) => title)]).to.deep.equal(['Coffee\nFor Ada. It takes a moment.', ['Order again']]);
      expect((await fetch(`http://127.0.0.1:${ports.bot}/ready`, { method: 'POST' })).status).to.equal(200);
      expect((await phone.next()).text).to.equal('Your drink is ready.');
    });

  it('welcomes who opens its chat on Viber', async () => {
    const phone = aPhone(`http://127.0.0.1:${ports.viber}`, 'bob');
    const welcome = await phone.open();
    expect([welcome.text, welcome.choices.map(({ title }) => title)]).to.deep.equal(['Welcome!', ['Order a drink']]);
    expect((await phone.tap(0)).text).to.equal('What is your name?');
  });
});

/** A person at an emulator, which is asked over HTTP as `parley chat` does. */
function aPhone(emulator: string, from: string) {
  let last: Heard | undefined;
  const post = (path: string, body: object) =>
    fetch(`${emulator}/emulator/${path}`, { method: 'POST', body: JSON.stringify({ from, ...body }) });
  async function next(): Promise<Heard> {
    const answer = await fetch(`${emulator}/emulator/messages?to=${from}&after=${last?.index ?? -1}&wait=5`);
    const { items } = (await answer.json()) as { readonly items: readonly Heard[] };
    const [one] = items;
    if (!one) throw new Error('nothing came');
    last = one;
    return one;
  }
  return {
    next,
    say: (text: string) => post('say', { text }).then(next),
    tap: (index: number) => post('say', { choice: last?.choices[index] }).then(next),
    open: () => post('open', {}).then(next),
  };
}

async function listening(child: ChildProcess): Promise<void> {
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.includes('listens')) return;
  }
  throw new Error(`the example ended: ${said}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}
