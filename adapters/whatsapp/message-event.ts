import { addressOf, identitiesOf, isAddress, isPhone, unique } from '../../platforms/whatsapp/identities.js';
import { inboundContent } from '../../platforms/whatsapp/inbound-content.js';
import { isObject, member, rawOf, readId, readName, readObjects, readText } from '../../src/adapter-kit/index.js';
import type { InboundEvent, JsonObject, Sender } from '../../src/contract/index.js';
import { type Delivered, timeIn } from './delivered.js';
import { identityChange } from './identity-events.js';
import { readIds } from './read-ids.js';

/** Returns the event of one element of `messages`. `contacts` are those of the same value, by their ids. */
export function eventOfMessage(
  message: JsonObject,
  contacts: ReadonlyMap<string, JsonObject>,
  { account, at }: Delivered,
): InboundEvent | undefined {
  const id = readId(message['id']);
  if (id === undefined) return undefined;
  const from = senderOfMessage(message, contacts);
  if (message['type'] === 'system') return identityChange(message['system'], { account, id, from });
  const content = inboundContent(message);
  if (!from || !content) return undefined;
  return {
    account,
    type: 'message',
    id: `wa:${id}`,
    message: {
      id,
      platform: 'whatsapp',
      from: withRequestedNumber(from, message),
      sentAt: timeIn(message) ?? at,
      ...content,
      ...contextOf(message),
      ...rawOf(message),
    },
  };
}

/** Returns how a message came: as an answer, forwarded, in a group, by an ad. */
function contextOf(
  message: JsonObject,
): Pick<Extract<InboundEvent, { type: 'message' }>['message'], 'replyTo' | 'forwarded' | 'group' | 'referral'> {
  const { context, referral } = message;
  const replyTo = readId(member(context, 'id')) ?? readId(member(message['reaction'], 'message_id'));
  const isForwarded = member(context, 'forwarded') === true || member(context, 'frequently_forwarded') === true;
  const isInGroup = message['group_id'] !== undefined;
  return {
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(isForwarded ? { forwarded: true } : {}),
    ...(isInGroup ? { group: readId(message['group_id']) ?? 'unknown' } : {}),
    ...(isObject(referral) ? { referral } : {}),
  };
}

/** Messages and contacts are matched by id: their order in the lists says nothing. */
function senderOfMessage(message: JsonObject, contacts: ReadonlyMap<string, JsonObject>): Sender | undefined {
  const given = readIds(message['from_user_id'], message['from']);
  const known = given.find((id) => contacts.has(id));
  const contact = known === undefined ? undefined : contacts.get(known);
  const ids = unique([...given, ...readIds(contact?.['user_id'], contact?.['wa_id'])]).filter(isAddress);
  if (ids.length === 0) return undefined;
  const name = readName(readText(member(contact?.['profile'], 'name')));
  return { identities: identitiesOf(ids), address: addressOf(ids), ...(name === undefined ? {} : { name }) };
}

/** A phone number that was shared because a message requested it is the sender's own. The card of any other contact may be anybody's. */
function withRequestedNumber(from: Sender, message: JsonObject): Sender {
  const [card] = readObjects(message['contacts']);
  if (message['type'] !== 'contacts' || card?.['origin'] !== 'contact_request') return from;
  const [phone] = readObjects(card['phones']);
  const id = readId(phone?.['wa_id']) ?? readId(phone?.['phone'])?.replace(/[\s()-]/g, '');
  return id === undefined || !isPhone(id) ? from : { ...from, identities: unique([...from.identities, ...identitiesOf([id])]) };
}
