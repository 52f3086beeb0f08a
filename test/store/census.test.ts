import { expect } from 'chai';
import { embeddedCensus } from '../../src/store/embedded/census.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { createGroupCommit } from '../../src/store/embedded/group-commit.js';
import { migrate } from '../../src/store/embedded/schema.js';
import { at } from '../support/builders.js';

describe('counting in the embedded store', () => {
  const SMALL = { entries: 7, rows: 5, positions: 2 };
  function filled(sessions: number) {
    const db = openDatabase(':memory:', 'NORMAL');
    migrate(db);
    const insert = db.prepare(
      "INSERT INTO sessions (rev, revision, state, rest, due_at, due_channel, due_lane, status, positions, updated_at, id) VALUES (1, 1, '', '', ?, ?, ?, ?, ?, '', ?)",
    );
    for (let i = 0; i < sessions; i += 1) {
      // Many at the same position and time, some alone.
      const position = i % 4 === 0 ? '' : `|flow@1#node${i % 3 === 0 ? i : 0}|`;
      const due = i % 2 === 0 ? ([at(i % 10), `ch${i % 3}`, i % 5 === 0 ? 'reply' : 'campaign'] as const) : ([null, null, null] as const);
      insert.run(...due, position === '' ? 'idle' : 'waiting', position, `s${(i * 7919) % 1000}`);
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
        'SELECT due_channel AS channel, due_lane AS lane, count(*) AS depth, min(due_at) AS dueSince FROM sessions WHERE due_channel IS NOT NULL GROUP BY 1, 2',
      );
      expect(outbox, `${sessions}`).to.have.deep.members(lanes.all().map((one) => ({ ...one })));
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
    await group.end();
    expect(await counting).to.equal('store/away');
    db.close();
  });
});
