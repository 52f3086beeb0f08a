import type { JsonObject } from '../../contract/index.js';

/** A message that an emulator took for a person. */
export interface HeardMessage {
  /** Counts the messages of the emulator, from 0. */
  readonly index: number;
  readonly to: string;
  /** The provider's id. */
  readonly id: string;
  /** The provider's name for the type of message. */
  readonly kind: string;
  /** The text that the person reads. */
  readonly text: string;
  /** What the person can tap. */
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly url?: string;
  /** The body of the request, as the provider got it. */
  readonly body: JsonObject;
}

/** What a person sees of a message. */
export type ShownContent = Pick<HeardMessage, 'kind' | 'text' | 'choices' | 'url'>;
