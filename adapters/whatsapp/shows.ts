import { shownContent } from '../../platforms/whatsapp/shown-content.js';
import { isObject, member, readJson } from '../../src/adapter-kit/index.js';
import type { ProviderRequest, Shown } from '../../src/contract/index.js';

/** Returns what a person sees of a request to `/messages`; undefined for one that marks a message as read or shows "typing…". */
export function shows({ body }: ProviderRequest): Shown | undefined {
  const content = readJson(body);
  if (!isObject(content) || content['status'] !== undefined) return undefined;
  const shown = shownContent(content);
  return member(content['context'], 'message_id') === undefined ? shown : { ...shown, isQuoting: true };
}
