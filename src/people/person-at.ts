import type { Sender } from '../contract/index.js';
import type { KnownChannel } from '../published/known-channel.js';

/**
 * Returns the person of an address on a channel; undefined if it is not a person's, as that of a group. An identity names the channel on
 * platforms where an address belongs to one account.
 *
 * @example personAt(viber, 'abc==') // { identities: ['viber:vb-main:abc=='], address: 'abc==' }
 */
export function personAt({ adapter, channel: { id } }: KnownChannel, address: string): Sender | undefined {
  return adapter.senderOf(`${adapter.platform}:${address}`, id) ?? adapter.senderOf(`${adapter.platform}:${id}:${address}`, id);
}
