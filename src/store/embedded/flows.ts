import type { FlowCode, FlowStore, StoredFlow } from '../../contract/index.js';
import {
  holdsText,
  newFlow,
  newVersion,
  offline,
  online,
  patched,
  published,
  type VersionRecord,
  versionOf,
  withDraft,
} from '../flow-record.js';
import type { Database, Row } from './database.js';
import type { GroupCommit } from './group-commit.js';
import type { Counter } from './meta.js';

export function embeddedFlows(db: Database, group: GroupCommit, counter: Counter): FlowStore {
  const select = db.prepare('SELECT flow FROM flows WHERE code = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO flows (code, state, name, flow) VALUES (?, ?, ?, ?)');
  const update = db.prepare('UPDATE flows SET state = ?, name = ?, flow = ? WHERE code = ?');
  const remove = db.prepare('DELETE FROM flows WHERE code = ?');
  const page = db.prepare('SELECT flow FROM flows WHERE code > ? ORDER BY code LIMIT ?');
  const onlineRows = db.prepare("SELECT flow FROM flows WHERE state = 'ONLINE' ORDER BY code");
  const newest = db.prepare('SELECT max(version) AS version FROM versions WHERE flow = ?');
  const addVersion = db.prepare("INSERT INTO versions (flow, version, state, record) VALUES (?, ?, '', ?)");
  const selectVersion = db.prepare('SELECT state, record FROM versions WHERE flow = ? AND version = ?');
  const versionPage = db.prepare('SELECT state, record FROM versions WHERE flow = ? AND version > ? ORDER BY version LIMIT ?');
  const markDeleted = db.prepare("UPDATE versions SET state = 'DELETED' WHERE flow = ?");

  const get = (code: FlowCode) => {
    const row = select.all(code)[0];
    return row && flowOf(row);
  };
  const put = (flow: StoredFlow): StoredFlow => {
    update.run(flow.state, flow.name, JSON.stringify(flow), flow.code);
    return flow;
  };
  const putOnline = (flow: StoredFlow): StoredFlow => {
    counter.raise();
    return put(flow);
  };
  /** Inside a transaction, so that what was read is still so. */
  const change = <T>(code: FlowCode, work: (flow: StoredFlow) => T): Promise<T | undefined> =>
    group.write(() => {
      const flow = get(code);
      return flow && work(flow);
    });
  const version = (row: Row, flow: StoredFlow | undefined) =>
    versionOf(JSON.parse(String(row['record'])) as VersionRecord, flow, row['state'] === 'DELETED');

  return {
    create: ({ definition, at }) =>
      group.write(() => {
        const flow = newFlow(definition, at);
        return insert.run(flow.code, flow.state, flow.name, JSON.stringify(flow)) === 1 ? flow : 'taken';
      }),
    async get(code) {
      return get(code);
    },
    async list({ after = '', limit, text, state }) {
      const fits = (flow: StoredFlow) => (state === undefined || flow.state === state) && (text === undefined || holdsText(flow, text));
      const found: StoredFlow[] = [];
      let from = after;
      while (found.length < limit) {
        const rows = page.all(from, 200).map(flowOf);
        found.push(...rows.filter(fits));
        from = rows.at(-1)?.code ?? from;
        if (rows.length < 200) break;
      }
      return found.slice(0, limit);
    },
    saveDraft: (code, definition, base, at) =>
      change(code, (flow) => {
        if (flow.draft.revision !== base) return { saved: false, revision: flow.draft.revision };
        return { saved: true, revision: put(withDraft(flow, definition, at)).draft.revision };
      }),
    patch: (code, patch, at) => change(code, (flow) => (patch.logging === undefined ? put : putOnline)(patched(flow, patch, at))),
    bind: (code, channels, at) => change(code, (flow) => (flow.state === 'ONLINE' ? 'online' : put({ ...flow, channels, updatedAt: at }))),
    publish: (code, publish) =>
      change(code, (flow) => {
        if (flow.draft.revision !== publish.revision) return 'conflict';
        const next = Number(newest.all(code)[0]?.['version'] ?? 0) + 1;
        addVersion.run(code, next, JSON.stringify(newVersion(code, next, publish)));
        putOnline(published(flow, next, publish));
        return { version: next };
      }),
    rollback: (code, wanted, at) =>
      change(code, (flow) => {
        const row = selectVersion.all(code, wanted)[0];
        return row && row['state'] !== 'DELETED' ? putOnline(online(flow, wanted, at)) : 'no-version';
      }),
    takeOffline: (code, at) => change(code, (flow) => putOnline(offline(flow, at))),
    remove: (code) =>
      change(code, (flow) => {
        if (flow.state === 'ONLINE') return 'online';
        remove.run(code);
        markDeleted.run(code);
        counter.raise();
        return 'removed';
      }),
    async version(code, wanted) {
      const row = selectVersion.all(code, wanted)[0];
      return row && version(row, get(code));
    },
    async versions(code, { after = 0, limit }) {
      const flow = get(code);
      return versionPage.all(code, after, limit).map((row) => version(row, flow));
    },
    revision: async () => counter.value(),
    async online() {
      return onlineRows.all().flatMap((row) => {
        const flow = flowOf(row);
        const found = selectVersion.all(flow.code, flow.version ?? 0)[0];
        return found ? [{ flow, version: version(found, flow) }] : [];
      });
    },
  };
}

function flowOf(row: Row): StoredFlow {
  return JSON.parse(String(row['flow'])) as StoredFlow;
}
