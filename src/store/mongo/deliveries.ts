import type { Connection, mongo } from 'mongoose';
import type { Delivery, DeliveryStore, IsoTime, SendFailure } from '../../contract/index.js';
import { deadKey, deadSend, deliveryKey, deliveryOf, effectsOf, isHigher } from '../delivery.js';
import type { DeliveryRow } from '../session-record.js';
import { isTaken, reading, untilDecided } from './connection.js';

interface DeliveryDocument {
  readonly _id: string;
  readonly effect?: string;
  readonly status: Delivery['status'];
  readonly at: IsoTime;
  readonly error?: string;
  /** Time and effect of a send that was given up, and its channel. */
  readonly dead?: string;
  readonly deadChannel?: string;
}

export interface DeliveryLog {
  /** Joins a receipt that came before its send was settled. */
  settle(row: DeliveryRow, channel: string, at: IsoTime): Promise<void>;
  forget(session: string): Promise<void>;
}

export function mongoDeliveries(connection: Connection): DeliveryStore & DeliveryLog & { createIndexes(): Promise<void> } {
  const deliveries = connection.collection('deliveries') as never as mongo.Collection<DeliveryDocument>;
  /** False when the key is there already. */
  const insert = async (document: DeliveryDocument) => {
    try {
      await deliveries.insertOne(document);
      return true;
    } catch (error) {
      if (isTaken(error)) return false;
      throw error;
    }
  };
  return {
    async createIndexes() {
      await deliveries.createIndex({ effect: 1 }, { sparse: true });
      await deliveries.createIndex({ dead: 1 }, { sparse: true });
      await deliveries.createIndex({ deadChannel: 1, dead: 1 }, { sparse: true });
    },
    settle: ({ effect, status, providerId, error, dead }, channel, at) =>
      untilDecided(async () => {
        const _id = deliveryKey(effect, channel, providerId);
        const ends = dead ? { dead: deadKey(effect, at), deadChannel: channel } : {};
        const isNew = await insert({ _id, effect, status, at, ...(error ? { error: JSON.stringify(error) } : {}), ...ends });
        if (!isNew) await deliveries.updateOne({ _id }, { $set: { effect } });
        return { value: undefined };
      }),
    record: ({ channel, providerId, effectId, status, at, error }) =>
      untilDecided<{ readonly effectId?: string; readonly moved: boolean }>(async () => {
        const _id = deliveryKey('', channel, providerId);
        const before = await deliveries.findOne({ _id });
        const effect = before?.effect ?? effectId;
        const known = effect === undefined ? {} : { effectId: effect };
        const fields = { status, at, ...(effect === undefined ? {} : { effect }), ...(error ? { error: JSON.stringify(error) } : {}) };
        if (!before) return (await insert({ _id, ...fields })) ? { value: { ...known, moved: true } } : undefined;
        if (!isHigher(status, before.status)) {
          // A receipt that came late may still be the first to say whose it is.
          if (effect !== undefined && before.effect === undefined)
            await deliveries.updateOne({ _id, effect: { $exists: false } }, { $set: { effect } });
          return { value: { ...known, moved: false } };
        }
        const { matchedCount } = await deliveries.updateOne({ _id, status: before.status }, { $set: fields });
        return matchedCount === 1 ? { value: { ...known, moved: true } } : undefined;
      }),
    effectOf: (channel, providerId) =>
      reading(async () => (await deliveries.findOne({ _id: deliveryKey('', channel, providerId) }))?.effect),
    of: (effectIds) =>
      reading(async () => {
        const found = new Map<string, Delivery>();
        if (effectIds.length === 0) return found;
        const rows = await deliveries
          .find({ effect: { $in: [...effectIds] } })
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
      }),
    dead: ({ after = '', limit, channel }) =>
      reading(async () => {
        const found = await deliveries
          .find({ ...(channel === undefined ? {} : { deadChannel: channel }), dead: { $gt: after } })
          .sort({ dead: 1 })
          .limit(limit)
          .toArray();
        return found.map(({ dead = '', deadChannel = '', error = '{}' }) => deadSend(dead, deadChannel, error));
      }),
    isDead: (effectId) =>
      reading(async () => (await deliveries.findOne({ _id: deliveryKey(effectId, '', undefined), dead: { $exists: true } })) !== null),
    revive: (effectId) =>
      reading(async () => {
        await deliveries.updateOne({ _id: deliveryKey(effectId, '', undefined) }, { $unset: { dead: '', deadChannel: '' } });
      }),
    forget: (session) =>
      reading(async () => {
        const [$gte, $lt] = effectsOf(session);
        await deliveries.deleteMany({ effect: { $gte, $lt } });
      }),
  };
}
