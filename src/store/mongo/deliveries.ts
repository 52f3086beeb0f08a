import type { Connection, mongo } from 'mongoose';
import type { IsoTime, Receipt, SendFailure } from '../../contract/index.js';
import type { DeadSend, Delivery, DeliveryStore, PageQuery } from '../../contract/store/index.js';
import { deadKey, deadSend, deliveryKey, deliveryOf, effectsOf, isHigher } from '../delivery.js';
import type { DeliveryRow } from '../session-record.js';
import { orAway, untilDecided } from './connection.js';
import { insertInBatches, readInBatches } from './in-batches.js';

interface DeliveryDocument {
  readonly _id: string;
  readonly effect?: string;
  readonly status: Delivery['status'];
  /** When it was written first: retention counts from then. */
  readonly at: IsoTime;
  /** A SendFailure as JSON text. */
  readonly error?: string;
  /** Of a send that the outbox gave up: its key in the order of time, and its channel. */
  readonly dead?: string;
  readonly deadChannel?: string;
}
type Deliveries = mongo.Collection<DeliveryDocument>;
interface Work {
  readonly deliveries: Deliveries;
  /** Both in batches. */
  readonly read: (key: string) => Promise<DeliveryDocument | undefined>;
  readonly insert: (document: DeliveryDocument) => Promise<boolean>;
}

export interface DeliveryLog {
  /** Writes a row of a settlement, or joins it to a receipt that came before. */
  settle(row: DeliveryRow, on: { readonly channel: string; readonly at: IsoTime }): Promise<void>;
  forget(session: string): Promise<void>;
}

export function mongoDeliveries(connection: Connection): DeliveryStore & DeliveryLog & { createIndexes(): Promise<void> } {
  const deliveries = connection.collection('deliveries') as never as Deliveries;
  const work: Work = { deliveries, read: readInBatches(deliveries), insert: insertInBatches(deliveries) };
  return {
    async createIndexes() {
      await deliveries.createIndex({ effect: 1 }, { sparse: true });
      await deliveries.createIndex({ dead: 1 }, { sparse: true });
      await deliveries.createIndex({ deadChannel: 1, dead: 1 }, { sparse: true });
    },
    settle: (row, on) => settleRow(work, row, on),
    record: (receipt) => untilDecided(() => tryRecord(work, receipt)),
    effectOf: (channel, providerId) => orAway(async () => (await work.read(deliveryKey('', channel, providerId)))?.effect),
    of: (effects) => orAway(() => deliveriesOf(deliveries, effects)),
    dead: (query) => orAway(() => deadSends(deliveries, query)),
    isDead: (effect) =>
      orAway(async () => (await deliveries.findOne({ _id: deliveryKey(effect, '', undefined), dead: { $exists: true } })) !== null),
    async revive(effect) {
      await orAway(() => deliveries.updateOne({ _id: deliveryKey(effect, '', undefined) }, { $unset: { dead: '', deadChannel: '' } }));
    },
    async forget(session) {
      const [$gte, $lt] = effectsOf(session);
      await orAway(() => deliveries.deleteMany({ effect: { $gte, $lt } }));
    },
  };
}

function settleRow({ deliveries, insert }: Work, row: DeliveryRow, on: { readonly channel: string; readonly at: IsoTime }): Promise<void> {
  const { effect, status, providerId, error } = row;
  const { channel, at } = on;
  const _id = deliveryKey(effect, channel, providerId);
  const dead = row.dead ? { dead: deadKey(effect, at), deadChannel: channel } : {};
  return untilDecided<void>(async () => {
    const isNew = await insert({ _id, effect, status, at, ...errorField(error), ...dead });
    if (!isNew) await deliveries.updateOne({ _id }, { $set: { effect } });
    return { value: undefined };
  });
}

async function tryRecord(
  { deliveries, read, insert }: Work,
  { channel, providerId, effectId, status, at, error }: Receipt,
): Promise<{ readonly value: Awaited<ReturnType<DeliveryStore['record']>> } | undefined> {
  const _id = deliveryKey('', channel, providerId);
  const before = await read(_id);
  const effect = before?.effect ?? effectId;
  const known = effect === undefined ? {} : { effectId: effect };
  const fields = { status, ...(effect === undefined ? {} : { effect }), ...errorField(error) };
  if (!before) return (await insert({ _id, at, ...fields })) ? { value: { ...known, moved: true } } : undefined;
  if (!isHigher(status, before.status)) {
    // A late receipt changes no status, but may be the first one that names the effect.
    if (effect !== undefined && before.effect === undefined)
      await deliveries.updateOne({ _id, effect: { $exists: false } }, { $set: { effect } });
    return { value: { ...known, moved: false } };
  }
  const { matchedCount } = await deliveries.updateOne({ _id, status: before.status }, { $set: fields });
  return matchedCount === 1 ? { value: { ...known, moved: true } } : undefined;
}

async function deliveriesOf(deliveries: Deliveries, effects: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const found = new Map<string, Delivery>();
  if (effects.length === 0) return found;
  const rows = await deliveries
    .find({ effect: { $in: [...effects] } })
    .sort({ _id: 1 })
    .toArray();
  for (const id of new Set(rows.map(({ effect }) => effect ?? ''))) {
    const own = rows.filter(({ effect }) => effect === id);
    const delivery = deliveryOf(
      own.map(({ _id, status, error }) => ({
        key: _id,
        status,
        ...(error === undefined ? {} : { error: JSON.parse(error) as SendFailure }),
      })),
    );
    if (delivery) found.set(id, delivery);
  }
  return found;
}

async function deadSends(
  deliveries: Deliveries,
  { after = '', limit, channel }: PageQuery & { readonly channel?: string },
): Promise<readonly DeadSend[]> {
  const found = await deliveries
    .find({ ...(channel === undefined ? {} : { deadChannel: channel }), dead: { $gt: after } })
    .sort({ dead: 1 })
    .limit(limit)
    .toArray();
  return found.map(({ dead = '', deadChannel = '', error = '{}' }) => deadSend(dead, deadChannel, error));
}

function errorField(error: SendFailure | undefined): { readonly error?: string } {
  return error ? { error: JSON.stringify(error) } : {};
}
