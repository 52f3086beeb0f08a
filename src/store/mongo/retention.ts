import type { Connection, mongo } from 'mongoose';
import type { IsoTime } from '../../contract/index.js';
import type { RetentionStore, Store } from '../../contract/store/index.js';
import { type CutMark, farthestCuts } from '../cut-of.js';
import { pruneResults, type ResultKeys } from '../prune-results.js';
import { removeTraces } from '../remove-traces.js';
import { orAway } from './connection.js';
import type { MongoMedia } from './media.js';

interface Kept {
  readonly _id: string;
  readonly at?: IsoTime;
  readonly until?: IsoTime;
  readonly forgotten?: IsoTime;
}
type Traces = Pick<Store, 'contacts' | 'turns' | 'deliveries' | 'starts' | 'media'>;
type MarkedTurn = Kept & CutMark & { readonly cutAt?: IsoTime };
/** Rows with a time, and the name of its field. */
interface Dated {
  readonly rows: mongo.Collection<Kept>;
  readonly by: 'at' | 'until';
}

/** Most rows that are removed at once. */
const MAX_ROWS = 500;
/** Most sessions that are looked at at once. */
const MAX_SESSIONS = 100;
const ONLY_ID = { projection: { _id: 1 } } as const;

export function mongoRetention(
  connection: Connection,
  stores: Traces & { readonly media: MongoMedia },
): RetentionStore & { createIndexes(): Promise<void> } {
  const collection = <T extends Kept>(name: string) => connection.collection(name) as never as mongo.Collection<T>;
  const turns = collection<MarkedTurn>('turns');
  const dated: Readonly<Record<'deliveries' | 'starts' | 'signIns', Dated>> = {
    deliveries: { rows: collection<Kept>('deliveries'), by: 'at' },
    starts: { rows: collection<Kept>('starts'), by: 'at' },
    signIns: { rows: collection<Kept>('signIns'), by: 'until' },
  };
  const sessions = collection<Kept>('sessions');
  const keys = resultKeys(collection<Kept>('ended'));
  return {
    async createIndexes() {
      await turns.createIndex({ cutAt: 1 }, { sparse: true });
      await Promise.all(Object.values(dated).map(({ rows, by }) => rows.createIndex({ [by]: 1 })));
      await sessions.createIndex({ forgotten: 1 }, { sparse: true });
    },
    prune: (what, before) =>
      orAway(() => {
        if (what === 'turns') return pruneTurns(turns, before);
        if (what === 'media') return stores.media.prune(before);
        if (what === 'results') return pruneResults(keys, before, MAX_ROWS);
        return what === 'forgotten' ? pruneForgotten(sessions, stores, before) : pruneDated(dated[what], before);
      }),
  };
}

async function pruneTurns(turns: mongo.Collection<MarkedTurn>, before: IsoTime): Promise<boolean> {
  const marks = await turns
    .find({ cutAt: { $lt: before } })
    .project<Kept & CutMark>({ session: 1, turn: 1, cut: 1 })
    .sort({ cutAt: 1 })
    .limit(MAX_SESSIONS)
    .toArray();
  if (marks.length === 0) return false;
  const cuts = farthestCuts(marks);
  const $or = [...cuts].map(([session, cut]) => ({ session, turn: { $lt: cut } }));
  const old = await turns.find({ $or }, ONLY_ID).limit(MAX_ROWS).toArray();
  await turns.deleteMany({ _id: { $in: idsOf(old) } });
  if (old.length === MAX_ROWS) return true;
  // Nothing has to be cut below these turns any more, so their marks go.
  const done = marks.filter(({ session, turn, cut }) => cut === turn && cut === cuts.get(session));
  await turns.updateMany({ _id: { $in: idsOf(done) } }, { $unset: { cut: '', cutAt: '' } } as never);
  return marks.length === MAX_SESSIONS;
}

function resultKeys(ended: mongo.Collection<Kept>): ResultKeys {
  return {
    async firstAbove(key) {
      const [first] = await ended
        .find({ _id: { $gt: key } }, ONLY_ID)
        .sort({ _id: 1 })
        .limit(1)
        .toArray();
      return first?._id;
    },
    async remove({ above, below }, limit) {
      const old = await ended
        .find({ _id: { $gt: above, $lt: below } }, ONLY_ID)
        .limit(limit)
        .toArray();
      await ended.deleteMany({ _id: { $in: idsOf(old) } });
      return old.length;
    },
  };
}

async function pruneForgotten(sessions: mongo.Collection<Kept>, stores: Traces, before: IsoTime): Promise<boolean> {
  const old = await sessions
    .find({ forgotten: { $lt: before } }, ONLY_ID)
    .limit(MAX_SESSIONS)
    .toArray();
  for (const { _id } of old) await removeTraces(stores, _id);
  await sessions.deleteMany({ _id: { $in: idsOf(old) } });
  return old.length === MAX_SESSIONS;
}

async function pruneDated({ rows, by }: Dated, before: IsoTime): Promise<boolean> {
  const old = await rows
    .find({ [by]: { $lt: before } }, ONLY_ID)
    .sort({ [by]: 1 })
    .limit(MAX_ROWS)
    .toArray();
  await rows.deleteMany({ _id: { $in: idsOf(old) } });
  return old.length === MAX_ROWS;
}

function idsOf(documents: readonly Kept[]): string[] {
  return documents.map(({ _id }) => _id);
}
