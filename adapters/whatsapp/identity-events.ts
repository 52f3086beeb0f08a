import { addressOf, identitiesOf, unique } from '../../platforms/whatsapp/identities.js';
import { member, readId } from '../../src/adapter-kit/index.js';
import type { InboundEvent, Json, JsonObject, Sender } from '../../src/contract/index.js';

interface SystemMessage {
  readonly account: string;
  readonly id: string;
  /** The person under the ids that they had before. */
  readonly from: Sender | undefined;
}

/**
 * Returns the event of a `system` message: a person has another phone number or user id. The former id is in `from` of the message, or
 * only in `previous_user_id`.
 */
export function identityChange(system: Json | undefined, { account, id, from }: SystemMessage): InboundEvent | undefined {
  const current = [readId(member(system, 'user_id')), readId(member(system, 'wa_id')) ?? readId(member(system, 'new_wa_id'))];
  const ids = current.filter((one) => one !== undefined);
  if (ids.length === 0) return undefined;
  const previous = readId(member(system, 'previous_user_id'));
  const former = [...(from?.identities ?? []), ...(previous === undefined ? [] : identitiesOf([previous]))];
  const identities = unique([...identitiesOf(ids), ...former]);
  return { account, type: 'identities', id: `wa:${id}`, from: { ...from, identities, address: addressOf(ids) }, isChange: true };
}

/** Returns the event of an element of `user_id_update`: a person has another user id. */
export function userIdUpdate(update: JsonObject, account: string): InboundEvent | undefined {
  const [current, previous] = [readId(member(update['user_id'], 'current')), readId(member(update['user_id'], 'previous'))];
  if (current === undefined || previous === undefined) return undefined;
  const phone = readId(update['wa_id']);
  const ids = [current, ...(phone === undefined ? [] : [phone])];
  const from = { identities: unique([...identitiesOf(ids), ...identitiesOf([previous])]), address: addressOf(ids) };
  return { account, type: 'identities', id: `wa:${previous}:${current}`, from, isChange: true };
}
