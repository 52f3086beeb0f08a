import type { Delivery, DeliveryStore, IsoTime, Receipt, SendFailure } from '../../contract/index.js';
import { deadKey, deadSend, deliveryKey, deliveryOf, effectsOf, isHigher } from '../delivery.js';
import type { DeliveryRow } from '../session-record.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MOST_ROWS, removeAll } from './remove-rows.js';

/** The delivery log as the sessions' own transaction writes it. */
export interface DeliveryLog {
  /** Joins a receipt that came before its send was settled. */
  settle(row: DeliveryRow, channel: string, at: IsoTime): void;
}

export function embeddedDeliveries(db: Database, group: GroupCommit): DeliveryStore & DeliveryLog {
  const select = db.prepare('SELECT effect, status FROM deliveries WHERE key = ?');
  const insert = db.prepare(
    'INSERT OR IGNORE INTO deliveries (key, effect, status, at, error, dead, dead_channel) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const join = db.prepare('UPDATE deliveries SET effect = ? WHERE key = ?');
  const raise = db.prepare('UPDATE deliveries SET effect = ?, status = ?, at = ?, error = ? WHERE key = ?');
  const dead = db.prepare('SELECT dead, dead_channel, error FROM deliveries WHERE dead > ? ORDER BY dead LIMIT ?');
  const deadOf = db.prepare(
    'SELECT dead, dead_channel, error FROM deliveries WHERE dead_channel = ? AND dead IS NOT NULL AND dead > ? ORDER BY dead LIMIT ?',
  );
  const isDead = db.prepare('SELECT 1 FROM deliveries WHERE key = ? AND dead IS NOT NULL');
  const revive = db.prepare('UPDATE deliveries SET dead = NULL, dead_channel = NULL WHERE key = ?');
  const remove = db.prepare('DELETE FROM deliveries WHERE key IN (SELECT key FROM deliveries WHERE effect >= ? AND effect < ? LIMIT ?)');
  const byEffect = db.prepare('SELECT key, status, error FROM deliveries WHERE effect = ? ORDER BY key');

  return {
    settle(row, channel, at) {
      const { effect, status, error } = row;
      const key = deliveryKey(effect, channel, row.providerId);
      const ends = row.dead ? [deadKey(effect, at), channel] : [null, null];
      if (insert.run(key, effect, status, at, errorText(error), ...ends) === 0) join.run(effect, key);
    },
    record: (receipt: Receipt) =>
      group.write(() => {
        const key = deliveryKey('', receipt.channel, receipt.providerId);
        const { status, at, error, effectId } = receipt;
        const before = select.all(key)[0];
        const effect = typeof before?.['effect'] === 'string' ? before['effect'] : effectId;
        const known = effect === undefined ? {} : { effectId: effect };
        if (!before) {
          insert.run(key, effect ?? null, status, at, errorText(error), null, null);
          return { ...known, moved: true };
        }
        const moved = isHigher(status, String(before['status']));
        if (moved) raise.run(effect ?? null, status, at, errorText(error), key);
        // A receipt that came late may still be the first to say whose it is.
        else if (effect !== undefined && before['effect'] === null) join.run(effect, key);
        return { ...known, moved };
      }),
    async effectOf(channel, providerId) {
      const effect = select.all(deliveryKey('', channel, providerId))[0]?.['effect'];
      return typeof effect === 'string' ? effect : undefined;
    },
    async of(effectIds) {
      const found = new Map<string, Delivery>();
      for (const id of effectIds) {
        const rows = byEffect.all(id).map((row) => ({
          key: String(row['key']),
          status: String(row['status']) as Delivery['status'],
          ...(typeof row['error'] === 'string' ? { error: JSON.parse(row['error']) as SendFailure } : {}),
        }));
        const delivery = deliveryOf(rows);
        if (delivery) found.set(id, delivery);
      }
      return found;
    },
    async dead({ after = '', limit, channel }) {
      const rows = channel === undefined ? dead.all(after, limit) : deadOf.all(channel, after, limit);
      return rows.map((row) => deadSend(String(row['dead']), String(row['dead_channel']), String(row['error'])));
    },
    async isDead(effectId) {
      return isDead.all(deliveryKey(effectId, '', undefined)).length > 0;
    },
    revive: (effectId) => group.write(() => void revive.run(deliveryKey(effectId, '', undefined))),
    forget: (session) => removeAll(group, () => remove.run(...effectsOf(session), MOST_ROWS)),
  };
}

function errorText(error: SendFailure | undefined): string | null {
  return error ? JSON.stringify(error) : null;
}
