import type { Connection } from 'mongoose';
import type { KnownStart, StartStore } from '../../contract/index.js';
import { isTaken, modelOf, reading } from './connection.js';

interface StartDocument {
  readonly _id: string;
  readonly at: string;
  readonly start: string;
  readonly session: string;
  readonly answer?: string;
}

export function mongoStarts(connection: Connection): StartStore & { createIndexes(): Promise<void> } {
  const text = { type: String };
  const starts = modelOf<StartDocument>(connection, 'starts', { at: text, start: text, session: text, answer: text });
  const get = async (key: string): Promise<KnownStart | undefined> => {
    const found = await starts.findById(key).lean<StartDocument>();
    if (!found) return undefined;
    const start = JSON.parse(found.start) as KnownStart;
    return found.answer === undefined ? start : { ...start, answer: JSON.parse(found.answer) };
  };
  return {
    async createIndexes() {
      await starts.collection.createIndex({ session: 1 });
    },
    get: (key) => reading(() => get(key)),
    putIfAbsent: (start) =>
      reading(async () => {
        try {
          await starts.collection.insertOne({
            _id: start.key,
            at: start.at,
            start: JSON.stringify(start),
            session: start.session,
          } as never);
          return { start, isNew: true };
        } catch (error) {
          if (!isTaken(error)) throw error;
          return { start: (await get(start.key)) ?? start, isNew: false };
        }
      }),
    answer: (key, answer, session) =>
      reading(async () => void (await starts.updateOne({ _id: key }, { $set: { answer: JSON.stringify(answer), session } }))),
    remove: (key, run) =>
      reading(async () => {
        const found = await starts.findById(key).lean<StartDocument>();
        // What is stored of a start never changes, so its text says whose it is.
        if (found && (JSON.parse(found.start) as KnownStart).run === run) await starts.deleteOne({ _id: key, start: found.start });
      }),
    forget: (session) => reading(async () => void (await starts.deleteMany({ session }))),
  };
}
