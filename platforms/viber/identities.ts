import { member, readId, readName, readText } from '../../src/adapter-kit/index.js';
import type { ChannelId, Identity, Sender } from '../../src/contract/index.js';

// A person's id on Viber belongs to one bot, so the channel is part of the identity: `viber:<channel>:<user id>`.

const USER_ID = /^[\x21-\x7e]{1,200}$/;
const LANGUAGE = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/;

/** Returns the person of an identity, or undefined if the identity belongs to another channel. */
export function senderOf(identity: Identity, channel: ChannelId): Sender | undefined {
  const prefix = `viber:${channel}:`;
  const id = identity.slice(prefix.length);
  return identity.startsWith(prefix) && USER_ID.test(id) ? { identities: [identity], address: id } : undefined;
}

/** Returns the person of a `user` or `sender` object in Viber's JSON, or undefined if it has no valid id. */
export function senderIn(user: unknown, channel: ChannelId): Sender | undefined {
  const id = readId(member(user, 'id'));
  if (id === undefined || !USER_ID.test(id)) return undefined;
  const [name, language] = [readName(readText(member(user, 'name'))), readText(member(user, 'language'))];
  return {
    identities: [`viber:${channel}:${id}`],
    address: id,
    ...(name === undefined ? {} : { name }),
    ...(language === undefined || !LANGUAGE.test(language) ? {} : { language }),
  };
}
