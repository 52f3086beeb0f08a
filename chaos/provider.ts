import type { Socket } from 'node:net';
import { type Fault, startWhatsAppEmulator, type Taking, type WhatsAppEmulator } from '../adapters/whatsapp/emulator.js';
import type { Doubt, Send } from './count.js';
import type { Chance } from './random.js';

/** An account at the emulated Meta. */
export const ACCOUNT = {
  phoneNumberId: '106540352242922',
  businessAccountId: '102290129340398',
  displayPhoneNumber: '+15550783881',
  accessToken: 'chaos-access-token',
  appSecret: 'chaos-app-secret',
  verifyToken: 'chaos-verify-token',
};
export const CHANNEL = 'chaos';

/** WhatsApp, with everything it does wrong, and a book of what it took. */
export interface Provider {
  readonly emulator: WhatsAppEmulator;
  /** What it took for a person, in order. */
  sendsTo(address: string): readonly Send[];
  /** Told of each text that a person gets. */
  listen(address: string, hear: (text: string) => void): void;
  /** Called once, while the next send is at the provider and not yet answered. */
  atNextSend(act: (() => void) | undefined): void;
  /** How often which fault was met. */
  readonly faults: ReadonlyMap<string, number>;
  /** From now on everything goes well. */
  behave(): void;
  close(): Promise<void>;
}

/** A connection that breaks so soon after an answer went with its host, in milliseconds; an idle one is kept for seconds. */
const SOON = 500;
/** A host may be away for long: webhooks are brought until the run is over. */
const RETRIES = { most: 5_000, pause: 400 } as const;

type Kind = readonly [name: string, share: number, fault: (chance: Chance) => Fault];
/** Not told by a receipt either: then sending again is all that is left, for the second where the host is killed before the answer comes. */
const NEVER_TOLD: Fault = { lost: true };
const ANSWER_ALONE: Fault = { slow: 500 };
/** Where nothing is taken and nobody knows, a person waits for 20 s: seldom, so that the others keep the host busy. */
const KINDS: readonly Kind[] = [
  ['answer lost', 0.03, () => ({ lost: true })],
  ['answer lost, no receipt', 0.002, () => NEVER_TOLD],
  ['answered late, no receipt', 0.01, () => ANSWER_ALONE],
  ['answered late', 0.03, (chance) => ({ slow: chance.between(20, 600) })],
  ['taken late', 0.03, (chance) => ({ delay: chance.between(20, 600) })],
  ['429, 130429', 0.01, () => ({ error: 130_429, status: 429 })],
  ['131056, too fast for one person', 0.01, () => ({ error: 131_056 })],
  ['500, 131000', 0.01, () => ({ error: 131_000, status: 500 })],
  ['connection dropped', 0.003, () => ({ drop: true })],
  ['502 in HTML', 0.003, () => ({ html: 502 })],
];

export async function startProvider(hosts: readonly string[], chance: Chance): Promise<Provider> {
  const sends = new Map<string, Noted[]>();
  const listeners = new Map<string, (text: string) => void>();
  const faults = new Map<string, number>();
  const lastSends = new WeakMap<Socket, LastSend>();
  let wellBehaved = false;
  let act: (() => void) | undefined;

  function pickFault(): Fault {
    if (wellBehaved) return {};
    let left = chance.between(0, 1);
    for (const [name, share, fault] of KINDS) {
      left -= share;
      if (left >= 0) continue;
      faults.set(name, (faults.get(name) ?? 0) + 1);
      return fault(chance);
    }
    return {};
  }

  function onTaken({ heard, askedAt, fault, connection }: Taking): void {
    const now = act;
    act = undefined;
    now?.();
    const send: Noted = { effect: String(heard.body['biz_opaque_callback_data']), text: heard.text, askedAt };
    const list = sends.get(heard.to);
    if (list) list.push(send);
    else sends.set(heard.to, [send]);
    if (fault.lost || connection.destroyed) send.doubt = fault.lost ? 'the answer was lost' : 'the host was killed';
    else watch(connection, { send, until: Date.now() + (fault.slow ?? 0) + SOON });
    listeners.get(heard.to)?.(heard.text);
    if (fault !== NEVER_TOLD && fault !== ANSWER_ALONE) void tell(emulator, heard, send);
  }

  /** A connection carries one send after another: only the last one may be in doubt when it breaks. */
  function watch(connection: Socket, last: LastSend): void {
    const isNew = !lastSends.has(connection);
    lastSends.set(connection, last);
    if (!isNew) return;
    connection.once('close', () => {
      const { send, until } = lastSends.get(connection) ?? last;
      if (Date.now() < until) send.doubt ??= 'the host was killed';
    });
  }

  const emulator = await startWhatsAppEmulator({
    ...ACCOUNT,
    webhookUrl: hosts.map((url) => `${url}/webhooks/${CHANNEL}`),
    retries: RETRIES,
    fault: pickFault,
    onTaken,
  });
  return {
    emulator,
    sendsTo: (address) => sends.get(address) ?? [],
    listen: (address, hear) => void listeners.set(address, hear),
    atNextSend(wish) {
      act = wish;
    },
    faults,
    behave() {
      wellBehaved = true;
    },
    close: () => emulator.close(),
  };
}

interface Noted extends Omit<Send, 'doubt' | 'provenAt'> {
  doubt?: Doubt;
  provenAt?: number;
}

interface LastSend {
  readonly send: Noted;
  readonly until: number;
}

/** The receipts of a message, each brought until a host has stored it. */
async function tell(emulator: WhatsAppEmulator, heard: Taking['heard'], send: Noted): Promise<void> {
  for (const status of ['sent', 'delivered', 'read'] as const) {
    if (await emulator.receipt(heard, status)) send.provenAt ??= Date.now();
  }
}
