import { failureOf } from '../../platforms/whatsapp/error-table.js';
import { contentOf } from '../../platforms/whatsapp/inbound-content.js';
import { jsonOf } from '../../src/contract/exact-json.js';
import {
  BUDGET,
  type InboundEvent,
  type Json,
  type JsonObject,
  levelled,
  type Receipt,
  type Sender,
  UnreadableBody,
  type WebhookRequest,
} from '../../src/contract/index.js';
import { idOf, isObject, member, numberOf, objectsIn, textOf, timeOf } from '../../src/contract/json-members.js';
import { readName } from '../../src/text/read-name.js';

/**
 * A webhook body as events. What is unknown gives nothing, and one bad element never loses its neighbours.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function parse({ body, at }: WebhookRequest): readonly InboundEvent[] {
  const json = jsonOf(body.toString('utf8'));
  if (json === undefined) throw new UnreadableBody('the body is no JSON');
  return eventsIn(levelled(json), at);
}

/** The events of a body that was read; `at` stands in for times that cannot be read. */
export function eventsIn(root: Json, at: string): readonly InboundEvent[] {
  const events: InboundEvent[] = [];
  for (const entry of objectsIn(member(root, 'entry'))) {
    for (const change of objectsIn(entry['changes'])) {
      const value = change['value'];
      const account = idOf(member(member(value, 'metadata'), 'phone_number_id'));
      if (!isObject(value) || account === undefined) continue;
      if (change['field'] === 'messages') events.push(...messagesIn(value, { account, at }), ...receiptsIn(value, { account, at }));
      else if (change['field'] === 'user_id_update') events.push(...idUpdatesIn(value, account));
    }
  }
  return events;
}

interface Told {
  readonly account: string;
  readonly at: string;
}

function messagesIn(value: JsonObject, told: Told): readonly InboundEvent[] {
  const contacts = contactsById(objectsIn(value['contacts']));
  return objectsIn(value['messages']).flatMap((message) => messageEvent(message, contacts, told) ?? []);
}

/** By each of their ids, because a body may hold thousands of messages; the first contact of an id counts. */
function contactsById(contacts: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const byId = new Map<string, JsonObject>();
  for (const contact of contacts)
    for (const id of [idOf(contact['wa_id']), idOf(contact['user_id'])]) if (id !== undefined && !byId.has(id)) byId.set(id, contact);
  return byId;
}

function messageEvent(message: JsonObject, contacts: ReadonlyMap<string, JsonObject>, { account, at }: Told): InboundEvent | undefined {
  const id = idOf(message['id']);
  if (id === undefined) return undefined;
  const from = senderIn(message, contacts);
  if (message['type'] === 'system') return systemEvent(message, { account, id, ...(from ? { from } : {}) });
  if (!from) return undefined;
  const content = contentOf(message);
  if (!content) return undefined;
  const { context } = message;
  const replyTo = idOf(member(context, 'id')) ?? idOf(member(message['reaction'], 'message_id'));
  const isForwarded = member(context, 'forwarded') === true || member(context, 'frequently_forwarded') === true;
  // A group's talk is not the person's own.
  const group = message['group_id'] === undefined ? undefined : (idOf(message['group_id']) ?? 'unknown');
  const referral = message['referral'];
  return {
    account,
    type: 'message',
    id: `wa:${id}`,
    message: {
      id,
      platform: 'whatsapp',
      from: withOwnNumber(from, message),
      sentAt: secondsOf(message['timestamp']) ?? at,
      ...content,
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(isForwarded ? { forwarded: true } : {}),
      ...(group === undefined ? {} : { group }),
      ...(isObject(referral) ? { referral } : {}),
      ...(isSmall(message) ? { raw: message } : {}),
    },
  };
}

/** A number that was shared because we have asked for it is the person's own; any other contact card may be anybody's. */
function withOwnNumber(from: Sender, message: JsonObject): Sender {
  const [card] = objectsIn(message['contacts']);
  if (message['type'] !== 'contacts' || card?.['origin'] !== 'contact_request') return from;
  const [phone] = objectsIn(card['phones']);
  const id = idOf(phone?.['wa_id']) ?? idOf(phone?.['phone'])?.replace(/[\s()-]/g, '');
  return id === undefined || !isPhone(id) ? from : { ...from, identities: [...new Set([...from.identities, ...identitiesOf([id])])] };
}

/** The number or the user id has changed: the same person, never a message. The old one is in `from`, or in `previous_user_id` alone. */
function systemEvent(
  message: JsonObject,
  known: { readonly account: string; readonly id: string; readonly from?: Sender },
): InboundEvent | undefined {
  const system = message['system'];
  const fresh = [idOf(member(system, 'user_id')), idOf(member(system, 'wa_id')) ?? idOf(member(system, 'new_wa_id'))].filter(
    (one) => one !== undefined,
  );
  if (fresh.length === 0) return undefined;
  const previous = idOf(member(system, 'previous_user_id'));
  const before = [...(known.from?.identities ?? []), ...(previous === undefined ? [] : identitiesOf([previous]))];
  const identities = [...identitiesOf(fresh), ...before];
  return {
    account: known.account,
    type: 'identities',
    id: `wa:${known.id}`,
    from: { ...known.from, identities: [...new Set(identities)], address: addressOf(fresh) },
    isChange: true,
  };
}

function idUpdatesIn(value: JsonObject, account: string): readonly InboundEvent[] {
  return objectsIn(value['user_id_update']).flatMap((update): readonly InboundEvent[] => {
    const [current, previous] = [idOf(member(update['user_id'], 'current')), idOf(member(update['user_id'], 'previous'))];
    if (current === undefined || previous === undefined) return [];
    const phone = idOf(update['wa_id']);
    const ids = [current, ...(phone === undefined ? [] : [phone])];
    const from = { identities: [...new Set([...identitiesOf(ids), ...identitiesOf([previous])])], address: addressOf(ids) };
    return [{ account, type: 'identities', id: `wa:${previous}:${current}`, from, isChange: true }];
  });
}

/** `whatsapp:4915112345678`, `whatsapp:<user id>`, `phone:+4915112345678`. */
export function senderOf(identity: string): Sender | undefined {
  const [, kind, id = ''] = /^(whatsapp|phone):(\S{1,150})$/.exec(identity) ?? [];
  if (kind === undefined || !isAddress(id) || (kind === 'phone' && !isPhone(id))) return undefined;
  return { identities: identitiesOf([id]), address: addressOf([id]) };
}

/** Matched by id, never by place in the list. */
function senderIn(message: JsonObject, contacts: ReadonlyMap<string, JsonObject>): Sender | undefined {
  const said = [idOf(message['from_user_id']), idOf(message['from'])].flatMap((one) => one ?? []);
  const contact = said.map((id) => contacts.get(id)).find((one) => one !== undefined);
  const ids = [...said, idOf(contact?.['user_id']), idOf(contact?.['wa_id'])].filter(
    (one): one is string => one !== undefined && isAddress(one),
  );
  if (ids.length === 0) return undefined;
  const name = readName(textOf(member(contact?.['profile'], 'name')));
  return {
    identities: identitiesOf(ids),
    address: addressOf(ids),
    ...(name === undefined ? {} : { name }),
  };
}

/** Business-scoped user ids first, phone numbers after them: the order in which they are claimed. */
export function identitiesOf(ids: readonly string[]): readonly string[] {
  const phones = ids.filter(isPhone).map((id) => id.replace(/\D/g, ''));
  const users = ids.filter((id) => !isPhone(id));
  return [
    ...new Set([...users.map((id) => `whatsapp:${id}`), ...phones.map((id) => `whatsapp:${id}`), ...phones.map((id) => `phone:+${id}`)]),
  ];
}

/** A phone number where there is one: every message may be sent to it. */
function addressOf(ids: readonly string[]): string {
  return ids.find(isPhone)?.replace(/\D/g, '') ?? ids[0] ?? '';
}

/** A business-scoped user id, and not the one of a whole enterprise, which many portfolios share. */
export function isUserId(identity: string): boolean {
  return /^whatsapp:[A-Z]{2}\.(?!ENT\.)/.test(identity);
}

function isPhone(id: string): boolean {
  return /^\+?\d{5,20}$/.test(id);
}

/** A phone number or a business-scoped user id. */
export function isAddress(id: string): boolean {
  return isPhone(id) || /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/.test(id);
}

const STATUSES: Readonly<Record<string, Receipt['status']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  played: 'read',
  failed: 'failed',
};

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status */
function receiptsIn(value: JsonObject, { account, at }: Told): readonly InboundEvent[] {
  return objectsIn(value['statuses']).flatMap((one): readonly InboundEvent[] => {
    const providerId = idOf(one['id']);
    const said = textOf(one['status']) ?? '';
    const status = Object.hasOwn(STATUSES, said) ? STATUSES[said] : undefined;
    if (providerId === undefined || !status) return [];
    const effectId = idOf(one['biz_opaque_callback_data']);
    const [first] = objectsIn(one['errors']);
    return [
      {
        account,
        type: 'receipt',
        receipt: {
          providerId,
          status,
          at: secondsOf(one['timestamp']) ?? at,
          ...(effectId === undefined ? {} : { effectId }),
          ...(status === 'failed' ? { error: failureOf(first ?? {}) } : {}),
        },
      },
    ];
  });
}

/** Seconds as text; in some data milliseconds. */
function secondsOf(value: Json | undefined): string | undefined {
  const number = numberOf(value);
  return timeOf(number === undefined || number >= 1e12 ? number : number * 1000);
}

function isSmall(message: JsonObject): boolean {
  return JSON.stringify(message).length <= BUDGET.rawMessage;
}
