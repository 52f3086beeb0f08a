import type { Socket } from 'node:net';
import type { Doubt, Send } from './count.js';
import { isAnswerLost, isTold, type Kind, type ProviderFault } from './faults.js';
import type { Chance } from './random.js';

/** A send as a provider took it. */
export interface Taken {
  readonly to: string;
  readonly text: string;
  /** Our effect's id, which every provider gets with a message. */
  readonly effect: string;
  readonly askedAt: number;
  readonly fault: ProviderFault;
  readonly connection: Socket;
}

/** What became of the sends of all providers. */
export interface SendBook {
  /** What the next send suffers; counted. */
  faultOf(kinds: readonly Kind[]): ProviderFault;
  /** Notes a send. `tell` brings the receipts; its answer says whether one of them proves to the host that it was taken. */
  note(taken: Taken, tell: (prove: () => void) => Promise<void>): void;
  sendsTo(address: string): readonly Send[];
  listen(address: string, hear: (text: string) => void): void;
  atNextSend(act: (() => void) | undefined): void;
  readonly faults: ReadonlyMap<string, number>;
  behave(): void;
}

interface Noted extends Omit<Send, 'doubt' | 'provenAt'> {
  doubt?: Doubt;
  provenAt?: number;
}
interface LastSend {
  readonly send: Noted;
  readonly until: number;
}

/**
 * A connection that breaks so soon after an answer went with its host, in milliseconds; an idle one is kept for seconds. A host that has
 * just started on a busy machine takes its time to read an answer and to store it, and one that is paused reads nothing for 1.5 s.
 */
const SOON = 4_000;

export function openSendBook(chance: Chance, now: () => number = Date.now): SendBook {
  const sends = new Map<string, Noted[]>();
  const listeners = new Map<string, (text: string) => void>();
  const faults = new Map<string, number>();
  const lastSends = new WeakMap<Socket, readonly LastSend[]>();
  let wellBehaved = false;
  let act: (() => void) | undefined;

  /** A connection carries one send after another: those answered lately may be in doubt when it breaks; a receipt in time tells otherwise. */
  function watch(connection: Socket, last: LastSend): void {
    const before = lastSends.get(connection);
    lastSends.set(connection, [...(before ?? []).filter(({ until }) => now() < until), last]);
    if (before) return;
    connection.once('close', () => {
      for (const { send, until } of lastSends.get(connection) ?? []) if (now() < until) send.doubt ??= 'the host was killed';
    });
  }

  return {
    faultOf(kinds) {
      if (wellBehaved) return {};
      let left = chance.between(0, 1);
      for (const [name, share, fault] of kinds) {
        left -= share;
        if (left >= 0) continue;
        faults.set(name, (faults.get(name) ?? 0) + 1);
        return fault(chance);
      }
      return {};
    },
    note({ to, text, effect, askedAt, fault, connection }, tell) {
      const asked = act;
      act = undefined;
      asked?.();
      const send: Noted = { effect, text, askedAt };
      const list = sends.get(to);
      if (list) list.push(send);
      else sends.set(to, [send]);
      if (isAnswerLost(fault) || connection.destroyed) send.doubt = isAnswerLost(fault) ? 'the answer was lost' : 'the host was killed';
      else watch(connection, { send, until: now() + (fault.slow ?? 0) + SOON });
      listeners.get(to)?.(text);
      if (isTold(fault))
        void tell(() => {
          send.provenAt ??= now();
        });
    },
    sendsTo: (address) => sends.get(address) ?? [],
    listen: (address, hear) => void listeners.set(address, hear),
    atNextSend(request) {
      act = request;
    },
    faults,
    behave() {
      wellBehaved = true;
    },
  };
}
