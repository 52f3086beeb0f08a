import type { JsonObject } from '../../src/contract/index.js';
import type { Heard } from './emulator-view.js';

/** A bot at the emulated Viber, and where its webhooks go. */
export interface EmulatorSettings {
  readonly authToken: string;
  readonly name?: string;
  readonly uri?: string;
  /** As if `set_webhook` had been called; without it, it has to be. */
  readonly webhookUrl?: string;
  /** 0 or absent takes a free one. */
  readonly port?: number;
  /** Sends `delivered` and `seen` for each message taken. */
  readonly receipts?: boolean;
}

/** One thing that goes wrong with one `send_message` that Viber would take. */
export interface Fault {
  /** One of Viber's statuses, with an HTTP status (200 when absent). */
  readonly error?: number;
  readonly status?: number;
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** The connection breaks before the message is taken. */
  readonly drop?: boolean;
  /** The message is taken, and the answer lost. */
  readonly lost?: boolean;
  /** A page of some proxy with this status. */
  readonly html?: number;
}

export interface Said {
  readonly from: string;
  readonly name?: string;
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
  /** A person writes, which subscribes; resolves when the host has taken it. */
  say(said: Said): Promise<void>;
  /** A person opens the chat; resolves with the welcome in the host's answer, if there is one. */
  open(opened: Opened): Promise<Heard | undefined>;
  subscribe(from: string, name?: string): Promise<void>;
  unsubscribe(from: string): Promise<void>;
  /** What became of a message that was taken. */
  receipt(heard: Heard, event: 'delivered' | 'seen' | 'failed', desc?: string): Promise<void>;
  close(): Promise<void>;
}
