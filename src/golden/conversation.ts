import type { InboundMessage, Json, StartEvent, Vars } from '../contract/index.js';

/** A golden conversation: the flows that are online, what happens, and what each turn came to. */
export interface Conversation {
  /** What it proves, in words. */
  readonly promise: string;
  /** `name` is the file `name.flow.json` beside the case; what ends in `.json` is a path from there. */
  readonly flows: readonly string[];
  readonly steps: readonly Step[];
}

/** One thing that happens, and what the turn came to. */
export interface Step {
  /** Seconds since the beginning. */
  readonly at: number;
  /** The channel that it happens on: `wa` when absent, `wa-2`, `vb`. */
  readonly on?: string;
  readonly say?: string;
  /** A tap on the newest message with this button, or on that of the node `of`. */
  readonly tap?: { readonly id: string; readonly title: string; readonly of?: string };
  /** Anything else that the person sends: `{ "type": "audio", "text": "", "mediaId": "1" }`. */
  readonly sends?: Partial<InboundMessage> & Pick<InboundMessage, 'type'>;
  /** The person opens the chat, subscribes, or wants no more (Viber). */
  readonly subscribes?: 'started' | 'subscribed' | 'unsubscribed';
  /** The newest link is opened on this channel. */
  readonly opens?: string;
  /** The time of the first wait is up. */
  readonly timeout?: true;
  /** What became of the newest send. */
  readonly receipt?: 'sent' | 'delivered' | 'read' | 'failed';
  /** What the call that a run waits for has come to. */
  readonly answer?: { readonly ok: boolean; readonly value: Json };
  readonly start?: {
    readonly flow: string;
    readonly onBusy: StartEvent['onBusy'];
    readonly data?: Vars;
    readonly discardAt?: number;
  };
  readonly command?: { readonly command: 'end' | 'resume' | 'move' | 'resend'; readonly args: Json };
  readonly turn?: unknown;
}

/** When every golden conversation begins. */
const BEGIN = Date.parse('2026-11-24T09:00:00.000Z');

/** The moment so many seconds after the beginning. */
export function timeAt(seconds: number): string {
  return new Date(BEGIN + Math.round(seconds * 1000)).toISOString();
}

/** Seconds after the beginning. */
export function secondsAt(time: string): number {
  return (Date.parse(time) - BEGIN) / 1000;
}
