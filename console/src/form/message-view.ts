import { createContext, useContext } from 'react';
import type { JsonObject } from '../../../src/contract/json.js';
import { type Limit, limitAt } from './choice-layout.js';
import type { KnownAdapter } from './form-context.js';

/** The message in which a field stands. */
export interface MessageAround {
  readonly message: JsonObject;
  readonly pointer: string;
  /** The providers that it is for. */
  readonly adapters: readonly KnownAdapter[];
}

const Message = createContext<MessageAround | undefined>(undefined);

export const MessageProvider = Message.Provider;

/** Returns the message in which a field stands; undefined outside of one. */
export function useMessage(): MessageAround | undefined {
  return useContext(Message);
}

/** Returns the tightest limit of the text at a pointer; undefined outside of messages. */
export function useLimit(pointer: string): Limit | undefined {
  const around = useMessage();
  return around?.pointer !== undefined && pointer.startsWith(`${around.pointer}/`)
    ? limitAt(pointer.slice(around.pointer.length), around.message, around.adapters)
    : undefined;
}
