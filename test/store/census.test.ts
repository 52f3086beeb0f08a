import { expect } from 'chai';
import { embeddedCensus } from '../../src/store/embedded/census.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { createGroupCommit } from '../../src/store/embedded/group-commit.js';
import { migrate } from '../../src/store/embedded/schema.js';
import { at } from '../support/builders.js';

describe('counting in the embedded store', () => {
  const SMALL = { entries: 7, positions: 2 };
  function filled(sessions: number) {
    const db = openDatabase(':memory:', 'NORMAL');
    migrate(db);
    const insert = db.prepare(
      "INSERT INTO sessions (rev, revision, state, rest, due_key, status, positions, updated_at, id) VALUES (1, 1, '', '', ?, ?, ?, '', ?)",
    );
    for (let i = 0; i < sessions; i += 1) {
      // Many at the same position and time, some alone.
      const position = i % 4 === 0 ? '' : `|flow@1#node${i % 3 === 0 ? i : 0}|`;
      const due = i % 2 === 0 ? `${i % 5 === 0 ? 'reply' : 'campaign'}|ch${i % 3}|00|${at(i % 10)}` : null;
      insert.run(due, position === '' ? 'idle' : 'waiting', position, `s${(i * 7919) % 1000}`);
    }
    const group = createGroupCommit(db, () => {});
    return { db, group };
  }

  it('has the same result in steps as in one go, however the sessions are distributed', async () => {
    for (const sessions of [0, 1, 5, 7, 14, 100, 353]) {
      const { db, group } = filled(sessions);
      const { sessions: counted, outbox } = await embeddedCensus(db, group, SMALL)();
      const number = (sql: string) => Number(db.prepare(sql).all()[0]?.['n']);
      const waiting = number("SELECT count(*) AS n FROM sessions WHERE status = 'waiting'");
      expect(counted, `${sessions}`).to.deep.equal({ waiting, idle: sessions - waiting });
      const lanes = db.prepare(
        'SELECT substr(due_key, 1, length(due_key) - 28) AS queue, count(*) AS depth, min(substr(due_key, -24)) AS dueSince FROM sessions WHERE due_key IS NOT NULL GROUP BY 1',
      );
      const counts = outbox.map(({ lane, channel, ...rest }) => ({ queue: `${lane}|${channel}`, ...rest }));
      expect(counts, `${sessions}`).to.have.deep.members(lanes.all().map((one) => ({ ...one })));
      db.close();
    }
  });

  it('lets others write between its steps, and ends when the store is closed', async () => {
    const { db, group } = filled(353);
    const counting = embeddedCensus(db, group, SMALL)().then(
      () => 'counted',
      (error: { readonly code: string }) => error.code,
    );
    await group.write(() => {});
    group.end();
    expect(await counting).to.equal('store/away');
    db.close();
  });
});
