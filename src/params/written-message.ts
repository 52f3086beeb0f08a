import type { NodeScope, OutboundMessage } from '../contract/index.js';
import { fillMessage, type MessageParams } from './message.js';

/**
 * Returns a message that a person has written for another person, such as an operator's: it has no templates, so every text is sent as it is.
 * Words of Parley's own are in the language. Returns undefined if it has nothing to react to, or no valid place.
 */
export function fillWritten(message: MessageParams, language: string | undefined): OutboundMessage | undefined {
  return fillMessage(message, {
    text: (text: string) => text,
    value: (value: unknown) => value,
    address: (address: string) => address,
    warn() {},
    contact: { language },
  } as unknown as NodeScope<unknown>);
}
