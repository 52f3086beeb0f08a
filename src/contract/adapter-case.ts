import type { InboundEvent } from './channel-adapter.js';
import type { SendErrorKind } from './effect.js';
import type { JsonObject } from './json.js';
import type { OutboundMessage } from './message.js';
import type { ProviderReply } from './provider-request.js';

/** The tables in the `cases.ts` of an adapter: what it reads, and what it writes. `adapterSuite` of `parley/testing` runs them. */
export interface AdapterCases {
  /** The settings that the cases run with, all secrets among them. None of them may be a real one. */
  readonly settings: JsonObject;
  /** Members that the body of every request has, and that `outbound` leaves out. */
  readonly envelope: readonly string[];
  /** A webhook that the provider signed with a secret of these settings. The signature is in one of the headers; their names are in lower case. */
  readonly signed: { readonly body: string; readonly headers: Readonly<Record<string, string>> };
  /** The events of each file in `fixtures/`, without `raw`. The files are real payloads, named after what happened. */
  readonly inbound: Readonly<Record<string, readonly InboundEvent[]>>;
  /** Messages, and the bodies of their requests. */
  readonly outbound: readonly {
    /** What is true, in plain words: `a picture with a list is two requests`. */
    readonly name: string;
    /** The recipient; `491511` by default. */
    readonly to?: string;
    readonly message: OutboundMessage;
    readonly bodies: readonly object[];
  }[];
  /** The body of the request for a typing indicator below the message `wamid.1`, if the adapter has one. */
  readonly typing?: object;
  /** Replies of the provider, and what they mean. */
  readonly answers: readonly {
    readonly reply: ProviderReply;
    readonly kind: SendErrorKind | 'ok';
    readonly code?: string;
    readonly retryable?: true;
  }[];
}
