import { failureOf } from '../../platforms/whatsapp/error-table.js';
import { statusOf } from '../../platforms/whatsapp/receipts.js';
import { isObject, member, readBody, readId, readObjects, readText } from '../../src/adapter-kit/index.js';
import type { InboundEvent, IsoTime, Json, JsonObject, WebhookRequest } from '../../src/contract/index.js';
import { type Delivered, timeIn } from './delivered.js';
import { userIdUpdate } from './identity-events.js';
import { eventOfMessage } from './message-event.js';
import { readIds } from './read-ids.js';

/**
 * Reads a webhook. Elements that are unknown or broken give no event and do not affect their neighbours.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function parse(request: WebhookRequest): readonly InboundEvent[] {
  return eventsIn(readBody(request), request.at);
}

/** Returns the events in the JSON of a webhook. `at` is used where the time of an element cannot be read. */
export function eventsIn(body: Json, at: IsoTime): readonly InboundEvent[] {
  const events: InboundEvent[] = [];
  for (const entry of readObjects(member(body, 'entry')))
    for (const change of readObjects(entry['changes'])) events.push(...eventsOf(change, at));
  return events;
}

function eventsOf({ field, value }: JsonObject, at: IsoTime): readonly InboundEvent[] {
  const account = readId(member(member(value, 'metadata'), 'phone_number_id'));
  if (!isObject(value) || account === undefined) return [];
  if (field === 'messages') return [...messagesIn(value, { account, at }), ...receiptsIn(value, { account, at })];
  if (field === 'user_id_update') return readObjects(value['user_id_update']).flatMap((update) => userIdUpdate(update, account) ?? []);
  return [];
}

function messagesIn(value: JsonObject, delivered: Delivered): readonly InboundEvent[] {
  const messages = readObjects(value['messages']);
  if (messages.length === 0) return [];
  const contacts = contactsById(readObjects(value['contacts']));
  const events: InboundEvent[] = [];
  for (const message of messages) {
    const event = eventOfMessage(message, contacts, delivered);
    if (event) events.push(event);
  }
  return events;
}

/** A body may hold thousands of messages, so contacts are looked up by each of their ids. If two have the same id, the first one counts. */
function contactsById(contacts: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const byId = new Map<string, JsonObject>();
  for (const contact of contacts) for (const id of readIds(contact['wa_id'], contact['user_id'])) if (!byId.has(id)) byId.set(id, contact);
  return byId;
}

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status */
function receiptsIn(value: JsonObject, { account, at }: Delivered): readonly InboundEvent[] {
  return readObjects(value['statuses']).flatMap((element): readonly InboundEvent[] => {
    const providerId = readId(element['id']);
    const status = statusOf(readText(element['status']));
    if (providerId === undefined || !status) return [];
    const effectId = readId(element['biz_opaque_callback_data']);
    const [error = {}] = readObjects(element['errors']);
    const receipt = {
      providerId,
      status,
      at: timeIn(element) ?? at,
      ...(effectId === undefined ? {} : { effectId }),
      ...(status === 'failed' ? { error: failureOf(error) } : {}),
    };
    return [{ account, type: 'receipt', receipt }];
  });
}
