import type { InboundEvent, ProviderReply } from './channel-adapter.js';
import type { SendErrorKind } from './effect.js';
import type { JsonObject } from './json.js';
import type { OutboundMessage } from './message.js';

/** What an adapter's `cases.ts` has: tables of what it reads and what it writes. */
export interface AdapterCases {
  /** The settings that the cases run with: every secret among them, none of them real. */
  readonly settings: JsonObject;
  /** Members that every request's body has, and that `outbound` leaves out. */
  readonly envelope: readonly string[];
  /** A delivery as the provider signs it with these settings: the signature is in one of the headers, names in lower case. */
  readonly signed: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  /** What each file in `fixtures/` comes to, without `raw`: real payloads, one file each, named for what happened. */
  readonly inbound: Readonly<Record<string, readonly InboundEvent[]>>;
  /** Messages, and the bodies of the requests that they become. */
  readonly outbound: readonly {
    /** A promise in plain words. */
    readonly name: string;
    /** `491511` when absent. */
    readonly to?: string;
    readonly message: OutboundMessage;
    readonly bodies: readonly object[];
  }[];
  /** Answers of the provider, and what they mean. */
  readonly answers: readonly {
    readonly reply: ProviderReply;
    readonly kind: SendErrorKind | 'ok';
    readonly code?: string;
    readonly retryable?: true;
  }[];
}
