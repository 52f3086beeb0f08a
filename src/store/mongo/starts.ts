import type { Connection, mongo } from 'mongoose';
import type { KnownStart, StartStore } from '../../contract/store/index.js';
import { inOrder, orAway } from './connection.js';
import { inBatches, insertInBatches, readInBatches } from './in-batches.js';

interface StartDocument {
  readonly _id: string;
  readonly at: string;
  readonly start: string;
  readonly session: string;
  readonly answer?: string;
}

type Answered = Required<Pick<StartDocument, '_id' | 'answer' | 'session'>>;

export function mongoStarts(connection: Connection): StartStore & { createIndexes(): Promise<void> } {
  const starts = connection.collection('starts') as never as mongo.Collection<StartDocument>;
  const read = readInBatches(starts);
  const insert = insertInBatches(starts);
  const answer = inBatches((answers: readonly Answered[]) => storeAnswers(starts, answers));
  const get = async (key: string): Promise<KnownStart | undefined> => {
    const found = await read(key);
    return found && startOf(found);
  };
  return {
    async createIndexes() {
      await starts.createIndex({ session: 1 });
    },
    get: (key) => orAway(() => get(key)),
    putIfAbsent: (start) =>
      orAway(async () => {
        if (await insert({ _id: start.key, at: start.at, start: JSON.stringify(start), session: start.session }))
          return { start, isNew: true };
        return { start: (await get(start.key)) ?? start, isNew: false };
      }),
    answer: (key, value, session) => orAway(async () => void (await answer({ _id: key, answer: JSON.stringify(value), session }))),
    remove: (key, run) =>
      orAway(async () => {
        const found = await read(key);
        // The text of a start never changes, so it guards the removal.
        if (found && startOf(found).run === run) await starts.deleteOne({ _id: key, start: found.start });
      }),
    forget: (session) => orAway(async () => void (await starts.deleteMany({ session }))),
  };
}

function startOf({ start, answer }: StartDocument): KnownStart {
  const known = JSON.parse(start) as KnownStart;
  return answer === undefined ? known : { ...known, answer: JSON.parse(answer) };
}

async function storeAnswers(starts: mongo.Collection<StartDocument>, answers: readonly Answered[]): Promise<readonly Answered[]> {
  const writes = inOrder(answers, ({ _id }) => _id).map(({ _id, ...fields }) => ({
    updateOne: { filter: { _id }, update: { $set: fields } },
  }));
  await starts.bulkWrite(writes, { ordered: false });
  return answers;
}
