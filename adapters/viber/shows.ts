import { shownContent } from '../../platforms/viber/shown-content.js';
import { isObject, readJson } from '../../src/adapter-kit/index.js';
import type { ProviderRequest, Shown } from '../../src/contract/index.js';

/** Returns what a person sees of a request to `send_message`; undefined if its body is not JSON. */
export function shows({ body }: ProviderRequest): Shown | undefined {
  const content = readJson(body);
  return isObject(content) ? shownContent(content) : undefined;
}
