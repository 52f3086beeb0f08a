import type { IsoTime, Receipt, SendFailure } from '../../contract/index.js';
import type { Delivery, DeliveryStore, PageQuery } from '../../contract/store/index.js';
import { deadKey, deadSend, deliveryKey, deliveryOf, effectsOf, isHigher } from '../delivery.js';
import type { DeliveryRow } from '../session-record.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { MAX_ROWS, removeAll } from './remove-rows.js';

export interface DeliveryLog {
  /** Writes a row of a settlement, or joins it to a receipt that came before. Call it within a transaction. */
  settle(row: DeliveryRow, channel: string, at: IsoTime): void;
}

export function embeddedDeliveries(db: Database, group: GroupCommit): DeliveryStore & DeliveryLog {
  const sql = prepare(db);
  return {
    settle: (row, channel, at) => settleRow(sql, row, { channel, at }),
    record: async (receipt) => unmoved(sql, receipt) ?? group.write(() => recordReceipt(sql, receipt)),
    effectOf: async (channel, providerId) => effectOf(sql, channel, providerId),
    of: async (effects) => deliveriesOf(sql, effects),
    dead: async (query) => deadSends(sql, query),
    isDead: async (effect) => sql.isDead.all(deliveryKey(effect, '', undefined)).length > 0,
    revive: (effect) => group.write(() => void sql.revive.run(deliveryKey(effect, '', undefined))),
    forget: (session) => removeAll(group, () => sql.remove.run(...effectsOf(session), MAX_ROWS)),
  };
}

type Sql = ReturnType<typeof prepare>;

function prepare(db: Database) {
  return {
    select: db.prepare('SELECT effect, status FROM deliveries WHERE key = ?'),
    insert: db.prepare(
      'INSERT OR IGNORE INTO deliveries (key, effect, status, at, error, dead, dead_channel) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    join: db.prepare('UPDATE deliveries SET effect = ? WHERE key = ?'),
    raise: db.prepare('UPDATE deliveries SET status = ?, error = ? WHERE key = ?'),
    byEffect: db.prepare('SELECT key, status, error FROM deliveries WHERE effect = ? ORDER BY key'),
    dead: db.prepare('SELECT dead, dead_channel, error FROM deliveries WHERE dead > ? ORDER BY dead LIMIT ?'),
    deadOnChannel: db.prepare(
      'SELECT dead, dead_channel, error FROM deliveries WHERE dead_channel = ? AND dead IS NOT NULL AND dead > ? ORDER BY dead LIMIT ?',
    ),
    isDead: db.prepare('SELECT 1 FROM deliveries WHERE key = ? AND dead IS NOT NULL'),
    revive: db.prepare('UPDATE deliveries SET dead = NULL, dead_channel = NULL WHERE key = ?'),
    remove: db.prepare('DELETE FROM deliveries WHERE key IN (SELECT key FROM deliveries WHERE effect >= ? AND effect < ? LIMIT ?)'),
  };
}

function settleRow(sql: Sql, row: DeliveryRow, { channel, at }: { readonly channel: string; readonly at: IsoTime }): void {
  const { effect, status, providerId, error } = row;
  const key = deliveryKey(effect, channel, providerId);
  const dead = row.dead ? [deadKey(effect, at), channel] : [null, null];
  if (sql.insert.run(key, effect, status, at, errorText(error), ...dead) === 0) sql.join.run(effect, key);
}

/** Returns the answer to a receipt that changes nothing, which needs no transaction: a row with an effect only moves up. */
function unmoved(sql: Sql, { channel, providerId, status }: Receipt): Awaited<ReturnType<DeliveryStore['record']>> | undefined {
  const row = sql.select.all(deliveryKey('', channel, providerId))[0];
  if (typeof row?.['effect'] !== 'string' || isHigher(status, String(row['status']))) return undefined;
  return { effectId: row['effect'], moved: false };
}

function recordReceipt(sql: Sql, receipt: Receipt): Awaited<ReturnType<DeliveryStore['record']>> {
  const { channel, providerId, status, at, error, effectId } = receipt;
  const key = deliveryKey('', channel, providerId);
  const before = sql.select.all(key)[0];
  const effect = typeof before?.['effect'] === 'string' ? before['effect'] : effectId;
  const known = effect === undefined ? {} : { effectId: effect };
  if (!before) {
    sql.insert.run(key, effect ?? null, status, at, errorText(error), null, null);
    return { moved: true, ...known };
  }
  const moved = isHigher(status, String(before['status']));
  if (moved) sql.raise.run(status, errorText(error), key);
  // A late receipt changes no status, but may be the first one that names the effect.
  if (effect !== undefined && before['effect'] === null) sql.join.run(effect, key);
  return { moved, ...known };
}

function effectOf(sql: Sql, channel: string, providerId: string): string | undefined {
  const effect = sql.select.all(deliveryKey('', channel, providerId))[0]?.['effect'];
  return typeof effect === 'string' ? effect : undefined;
}

function deliveriesOf(sql: Sql, effects: readonly string[]): ReadonlyMap<string, Delivery> {
  const found = new Map<string, Delivery>();
  for (const id of effects) {
    const rows = sql.byEffect.all(id).map((row) => ({
      key: String(row['key']),
      status: String(row['status']) as Delivery['status'],
      ...(typeof row['error'] === 'string' ? { error: JSON.parse(row['error']) as SendFailure } : {}),
    }));
    const delivery = deliveryOf(rows);
    if (delivery) found.set(id, delivery);
  }
  return found;
}

function deadSends(sql: Sql, { after = '', limit, channel }: PageQuery & { readonly channel?: string }) {
  const rows = channel === undefined ? sql.dead.all(after, limit) : sql.deadOnChannel.all(channel, after, limit);
  return rows.map((row) => deadSend(String(row['dead']), String(row['dead_channel']), String(row['error'])));
}

function errorText(error: SendFailure | undefined): string | null {
  return error ? JSON.stringify(error) : null;
}
