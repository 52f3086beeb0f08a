import type { InboundMessage, Json, OutboundMessage, StartEvent, Vars } from '../../../src/contract/index.js';

/** A golden conversation: the flows that are online, what happens, and how each turn comes out. */
export interface Conversation {
  /** What it proves, in words. */
  readonly promise: string;
  /** `name` stands for the file `name.flow.json` beside the case; a name that ends in `.json` is a path from there. */
  readonly flows: readonly string[];
  /** Values of the installation, for `{{ constants.NAME }}`. */
  readonly constants?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** One thing that happens, and how the turn comes out. */
export interface Step {
  /** Seconds since the beginning. */
  readonly at: number;
  /** The channel on which it happens: `wa` (default), `wa-2` or `vb`. */
  readonly on?: string;
  readonly say?: string;
  /** A tap on a button: of the newest message that has it, or of the message of the node `of`. */
  readonly tap?: { readonly id: string; readonly title: string; readonly of?: string };
  /** Anything else that the person sends: `{ "type": "audio", "text": "", "mediaId": "1" }`. */
  readonly sends?: Partial<InboundMessage> & Pick<InboundMessage, 'type'>;
  /** The person opens the chat, subscribes or unsubscribes (Viber). */
  readonly subscribes?: 'started' | 'subscribed' | 'unsubscribed';
  /** The person opens the newest link on this channel. */
  readonly opens?: string;
  /** The first wait times out. */
  readonly timeout?: true;
  /** A receipt of the newest send. */
  readonly receipt?: 'sent' | 'delivered' | 'read' | 'failed';
  /** The result of the call that a run waits for. */
  readonly answer?: { readonly ok: boolean; readonly value: Json };
  readonly start?: {
    readonly flow: string;
    readonly onBusy: StartEvent['onBusy'];
    readonly data?: Vars;
    readonly discardAt?: number;
  };
  readonly command?: { readonly command: 'end' | 'resume' | 'move' | 'resend' | 'set'; readonly args: Json };
  /** An operator writes, or gives the talk back. */
  readonly operator?: {
    readonly text?: string;
    readonly message?: OutboundMessage;
    readonly giveBack?: boolean;
    readonly outside?: boolean;
  };
  readonly turn?: unknown;
}
