import type { Socket } from 'node:net';
import type { JsonObject } from '../../../src/contract/index.js';
import type { Heard } from './view.js';

/** A bot at the emulated Viber, and where its webhooks go. */
export interface EmulatorSettings {
  readonly authToken: string;
  readonly name?: string;
  readonly uri?: string;
  /** As if `set_webhook` had been called; without it, it has to be. Of several, as behind a load balancer, each delivery goes to the next. */
  readonly webhookUrl?: string | readonly string[];
  /** 0 or absent takes a free one. */
  readonly port?: number;
  /** Sends `delivered` and `seen` for each message taken. */
  readonly receipts?: boolean;
  /** How often a webhook is brought again, and the longest pause between, in milliseconds; 60 times and 2 s when absent. */
  readonly retries?: { readonly most: number; readonly pause: number };
  /** What a send suffers for which `next` has said nothing. */
  readonly fault?: () => Fault;
  /** Told of each message that `send_message` brought, before it is answered. */
  readonly onTaken?: (taking: Taking) => void;
}

/** How a message was taken. */
export interface Taking {
  readonly heard: Heard;
  /** When its request came, in milliseconds. */
  readonly askedAt: number;
  readonly fault: Fault;
  readonly connection: Socket;
}

/** One thing that goes wrong with one `send_message` that Viber would take. */
export interface Fault {
  /** One of Viber's statuses, with an HTTP status (200 when absent). */
  readonly error?: number;
  readonly status?: number;
  /** Milliseconds before the message is taken. */
  readonly delay?: number;
  /** Milliseconds between its being taken and the answer. */
  readonly slow?: number;
  /** The connection breaks before the message is taken. */
  readonly drop?: boolean;
  /** The message is taken, and the answer lost. */
  readonly lost?: boolean;
  /** The message is taken, and answered with 200 and a page of somebody else's. */
  readonly nonsense?: boolean;
  /** The message is taken, and the answer breaks off in the middle. */
  readonly broken?: boolean;
  /** A page of some proxy with this status. */
  readonly html?: number;
}

export interface Said {
  readonly from: string;
  readonly name?: string;
  /** The message's token and time in milliseconds, of one that is brought again; new ones when absent. */
  readonly id?: string;
  readonly at?: number;
  readonly text?: string;
  /** A tap: Viber sends what the button says, which is the id. */
  readonly choice?: { readonly id: string; readonly title: string };
  /** Any other content, as Viber writes it: `{ type: 'picture', media: '…' }`. */
  readonly content?: JsonObject;
}

export interface Opened {
  readonly from: string;
  readonly name?: string;
  /** What stood behind the link that was followed. */
  readonly context?: string;
}

export interface ViberEmulator {
  readonly url: string;
  /** Everything that was taken, welcomes too, in order. */
  readonly heard: readonly Heard[];
  /** Messages that were refused, with the status and the reason. */
  readonly refused: readonly { readonly body: unknown; readonly status: number; readonly reason: string }[];
  /** Calls of `send_message`. */
  readonly requests: number;
  /** Faults of the next requests, one each. */
  next(...faults: readonly Fault[]): void;
  /** What each webhook suffers from now on. */
  webhooks(faults: { readonly duplicate?: boolean; readonly reorder?: boolean }): void;
  /** A person writes, which subscribes; resolves when the host has taken it, false when the emulator gave up. */
  say(said: Said): Promise<boolean>;
  /** A person opens the chat; resolves with the welcome in the host's answer, if there is one. */
  open(opened: Opened): Promise<Heard | undefined>;
  subscribe(from: string, name?: string): Promise<void>;
  unsubscribe(from: string): Promise<void>;
  /** What became of a message that was taken; resolves as `say`. */
  receipt(heard: Heard, event: 'delivered' | 'seen' | 'failed', desc?: string): Promise<boolean>;
  close(): Promise<void>;
}
