import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { silentLog } from '../../src/contract/host/index.js';
import type { Store } from '../../src/contract/store/index.js';
import { openDatabase } from '../../src/store/embedded/database.js';
import { dataFile } from '../../src/store/migrate-store.js';
import { openStore } from '../../src/store/open-store.js';
import { aCommit, at } from '../support/builders.js';

/** More than retention and forgetting remove in one write. */
const TURNS = 709;
const ALL = { limit: 10 * TURNS };
const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** A turn of somebody in which a run ends. */
function aTurn(session: string, base: number) {
  const usual = aCommit(session, base);
  const [startedAt, endedAt] = [at(1), at(base + 1)];
  const result = {
    run: `r${base}`,
    flow: session,
    version: 1,
    startedBy: 'api',
    startedAt,
    endedAt,
    outcome: 'completed',
    variables: {},
  } as const;
  return { ...usual, journal: { ...usual.journal, results: [result] } };
}

/** Moves all turns to the table in which earlier releases have kept them. */
function makeOld(file: string): void {
  const db = openDatabase(file, 'NORMAL');
  db.exec(`INSERT INTO turns (session, turn, event, record, cut, cut_at)
      SELECT session, turn, json_extract(record, '$.event.id'), record, cut, cut_at FROM turn_log;
    DELETE FROM turn_log; DELETE FROM turn_index; UPDATE sessions SET newest_turns = NULL;`);
  db.close();
}

describe('turns of an earlier release on SQLite', () => {
  let folder: string;
  let store: Store;
  const open = () => openStore({ dataDir: folder }, silentLog);
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-old-turns-'));
    const older = await open();
    for (let base = 0; base < TURNS; base += 1) await older.sessions.commit(aTurn('talker', base));
    for (let base = 0; base < 9; base += 1) await older.sessions.commit(aTurn('brief', base));
    await older.close();
    makeOld(dataFile(folder));
    store = await open();
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const list = async (session: string, query: Parameters<Store['turns']['list']>[1] = ALL) =>
    (await store.turns.list(session, query)).map(({ turn }) => turn);
  const count = (what: string) => {
    const db = openDatabase(dataFile(folder), 'NORMAL');
    const [row] = db.prepare(`SELECT count(*) AS n FROM ${what}`).all();
    db.close();
    return row?.['n'];
  };

  it('know their events, which are not taken again', async () => {
    expect((await store.turns.byEvent('talker', 'e3'))?.turn).to.equal(3);
    expect((await store.turns.byEvent('talker', `e${TURNS}`))?.turn).to.equal(TURNS);
    expect(await store.turns.byEvent('talker', 'e')).to.equal(undefined);
    for (const [event, time] of [
      [`e${TURNS}`, TURNS],
      [`e${TURNS - 60}`, 9_999],
      ['e3', 3],
    ] as const)
      expect(await store.sessions.commit(aCommit('talker', TURNS, { event, eventTime: at(time) })), event).to.equal('duplicate');
  });

  it('are listed in pages, with turns that came since', async () => {
    for (let base = TURNS; base < TURNS + 21; base += 1)
      expect(await store.sessions.commit(aTurn('talker', base))).to.have.property('revision', base + 1);
    expect(await list('talker')).to.deep.equal(numbers(1, TURNS + 21));
    for (const after of [0, 7, 8, 489, 495, 500, TURNS - 5, TURNS + 15])
      expect(await list('talker', { after, limit: 6 }), `after ${after}`).to.deep.equal(numbers(after + 1, after + 6));
    expect(await list('brief')).to.deep.equal(numbers(1, 9));
  });

  it('have the results of their runs', async () => {
    const found = await store.turns.results({ flow: 'talker', limit: 10 * TURNS });
    expect(found.map(({ run }) => run)).to.deep.equal(numbers(0, TURNS + 20).map((base) => `r${base}`));
  });

  it('are removed when they are too old', async () => {
    while (await store.retention.prune('turns', at(600)));
    expect(await list('talker')).to.deep.equal(numbers(600, TURNS + 21));
    expect(await list('brief')).to.deep.equal([]);
    expect((await store.turns.byEvent('talker', 'e599')) ?? 'gone').to.equal('gone');
  });

  it('leave nothing when the person is forgotten', async () => {
    await store.sessions.forget('talker', at(9_999));
    await store.turns.forget('talker');
    expect(await list('talker')).to.deep.equal([]);
    expect(await store.turns.results({ flow: 'talker', limit: 9 })).to.deep.equal([]);
    await store.close();
    for (const rows of ["turn_log WHERE session = 'talker'", "turn_index WHERE session = 'talker'", 'turns'])
      expect(count(rows), rows).to.equal(0);
    expect(count('forgotten WHERE newest_turns IS NOT NULL')).to.equal(0);
    store = await open();
  });
});
