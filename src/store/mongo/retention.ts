import type { Connection, mongo } from 'mongoose';
import type { IsoTime, RetentionStore, Store } from '../../contract/index.js';
import { type CutMark, farthestCuts } from '../cut-of.js';
import { reading } from './connection.js';

interface Kept {
  readonly _id: string;
  readonly at?: IsoTime;
  readonly forgotten?: IsoTime;
}
type MarkedTurn = Kept & CutMark & { readonly cutAt?: IsoTime };

/** How many rows go at once, and how many sessions one look takes. */
const MOST_ROWS = 500;
const MOST_SESSIONS = 100;
const ONLY_ID = { projection: { _id: 1 } } as const;

export function mongoRetention(
  connection: Connection,
  parts: Pick<Store, 'contacts' | 'turns' | 'deliveries' | 'starts'>,
): RetentionStore & { createIndexes(): Promise<void> } {
  const collection = <T extends Kept>(name: string) => connection.collection(name) as never as mongo.Collection<T>;
  const turns = collection<MarkedTurn>('turns');
  const dated = { deliveries: collection<Kept>('deliveries'), starts: collection<Kept>('starts') };
  const sessions = collection<Kept>('sessions');
  const ended = collection<Kept>('ended');

  async function pruneTurns(before: IsoTime): Promise<boolean> {
    const marks = await turns
      .find({ cutAt: { $lt: before } })
      .project<Kept & CutMark>({ session: 1, turn: 1, cut: 1 })
      .sort({ cutAt: 1 })
      .limit(MOST_SESSIONS)
      .toArray();
    if (marks.length === 0) return false;
    const cuts = farthestCuts(marks);
    const $or = [...cuts].map(([session, cut]) => ({ session, turn: { $lt: cut } }));
    const old = await turns.find({ $or }, ONLY_ID).limit(MOST_ROWS).toArray();
    await turns.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
    if (old.length === MOST_ROWS) return true;
    // What is left of the marks asks for no more than what has gone.
    const done = marks.filter(({ session, turn, cut }) => cut === turn && cut === cuts.get(session));
    await turns.updateMany({ _id: { $in: done.map(({ _id }) => _id) } }, { $unset: { cut: '', cutAt: '' } } as never);
    return marks.length === MOST_SESSIONS;
  }

  /** The keys begin with the flow, so each flow's old ones stand together: one flow after another. */
  async function pruneResults(before: IsoTime): Promise<boolean> {
    for (let [flow, left] = ['', MOST_ROWS]; ; ) {
      const [next] = await ended
        .find({ _id: { $gt: `${flow}0` } }, ONLY_ID)
        .sort({ _id: 1 })
        .limit(1)
        .toArray();
      if (!next) return false;
      [flow = ''] = next._id.split('/');
      const old = await ended
        .find({ _id: { $gt: `${flow}/`, $lt: `${flow}/${before}` } }, ONLY_ID)
        .limit(left)
        .toArray();
      await ended.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
      left -= old.length;
      if (left === 0) return true;
    }
  }

  async function pruneForgotten(before: IsoTime): Promise<boolean> {
    const old = await sessions
      .find({ forgotten: { $lt: before } }, ONLY_ID)
      .limit(MOST_SESSIONS)
      .toArray();
    for (const { _id } of old) {
      await Promise.all([parts.contacts.forget(_id), parts.turns.forget(_id), parts.deliveries.forget(_id), parts.starts.forget(_id)]);
    }
    await sessions.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
    return old.length === MOST_SESSIONS;
  }

  async function pruneDated(rows: mongo.Collection<Kept>, before: IsoTime): Promise<boolean> {
    const old = await rows
      .find({ at: { $lt: before } }, ONLY_ID)
      .sort({ at: 1 })
      .limit(MOST_ROWS)
      .toArray();
    await rows.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
    return old.length === MOST_ROWS;
  }

  return {
    async createIndexes() {
      await turns.createIndex({ cutAt: 1 }, { sparse: true });
      await Promise.all(Object.values(dated).map((rows) => rows.createIndex({ at: 1 })));
      await sessions.createIndex({ forgotten: 1 }, { sparse: true });
    },
    prune: (what, before) =>
      reading(() => {
        if (what === 'turns') return pruneTurns(before);
        if (what === 'results') return pruneResults(before);
        return what === 'forgotten' ? pruneForgotten(before) : pruneDated(dated[what], before);
      }),
  };
}
