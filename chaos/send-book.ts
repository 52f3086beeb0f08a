import type { Socket } from 'node:net';
import type { Fault } from '../src/adapter-kit/index.js';
import { SEND_LEASE } from '../src/contract/host/index.js';
import type { Doubt, Send } from './count.js';
import { isAnswerLost, type Kind, sendsReceipts } from './faults.js';
import { connectionKey, type HostProcess } from './hosts.js';
import type { Chance } from './random.js';

/** A send as a provider accepts it. */
export interface Taken {
  /** The provider's id of the message, and the channel. */
  readonly id: string;
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  /** Our effect's id, which every provider gets with a message. */
  readonly effect: string;
  readonly askedAt: number;
  readonly fault: Fault;
  readonly connection: Socket;
  /** True if the provider's receipts name our effect. */
  readonly namesEffect: boolean;
}

/** A send that was accepted. */
export interface TakenSend extends Send, Pick<Taken, 'id' | 'channel'> {
  /** True if receipts were sent that name our effect. */
  readonly hasReceipts: boolean;
}

export interface BookParts {
  readonly chance: Chance;
  /** Returns the process of a host that has opened the latest connection with this `connectionKey`. */
  readonly processOf: (connection: string) => HostProcess | undefined;
}

/** What became of the sends to all providers. */
export interface SendBook {
  /** Draws what the next send suffers, and counts it. */
  faultOf(kinds: readonly Kind[]): Fault;
  /** Notes a send, and sends its receipts with `tell`, which calls `prove` when a receipt that names our effect was answered with 200. */
  note(taken: Taken, tell: (prove: () => void) => Promise<void>): void;
  sendsTo(address: string): readonly TakenSend[];
  listen(address: string, hear: (text: string) => void): void;
  /** Acts as soon as the next send is accepted, before it is answered. */
  atNextSend(act: (() => void) | undefined): void;
  readonly faults: ReadonlyMap<string, number>;
  /** No send suffers anything from now on. */
  behave(): void;
}

interface Noted extends Omit<TakenSend, 'doubt' | 'provenAt'> {
  doubt?: Doubt;
  provenAt?: number;
  madeBy?: HostProcess;
}

export function openSendBook({ chance, processOf }: BookParts): SendBook {
  const sends = new Map<string, Noted[]>();
  const listeners = new Map<string, (text: string) => void>();
  const faults = new Map<string, number>();
  let wellBehaved = false;
  let act: (() => void) | undefined;

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
    note({ to, fault, connection, namesEffect, ...taken }, tell) {
      const asked = act;
      act = undefined;
      asked?.();
      const send: Noted = { ...taken, hasReceipts: namesEffect && sendsReceipts(fault) };
      const list = sends.get(to);
      if (list) list.push(send);
      else sends.set(to, [send]);
      if (isAnswerLost(fault)) send.doubt = 'the answer was lost';
      else if (connection.destroyed) send.doubt = 'the host was killed';
      const { remotePort, localPort } = connection;
      // A host tells of a connection before it makes a request, but both may be read in one turn of the event loop, in any order.
      if (remotePort !== undefined && localPort !== undefined)
        setImmediate(() => {
          const madeBy = processOf(connectionKey(remotePort, localPort));
          if (madeBy) send.madeBy = madeBy;
        });
      listeners.get(to)?.(taken.text);
      if (!sendsReceipts(fault)) return;
      void tell(() => {
        send.provenAt ??= Date.now();
      });
    },
    sendsTo: (address) => (sends.get(address) ?? []).map(withDoubt),
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

/**
 * A host stores what became of a send while its lease lasts, as long as that may take on a busy machine. If it is killed before, nobody
 * may know that the send was accepted. Whether a host had stored it already is in the store, see `Send.isSettled`.
 */
function withDoubt({ madeBy, ...send }: Noted): TakenSend {
  const lostAt = madeBy?.killedAt;
  const isLost = lostAt !== undefined && lostAt < send.askedAt + SEND_LEASE;
  return isLost && send.doubt === undefined ? { ...send, doubt: 'the host was killed' } : send;
}
