import type { Connection } from 'mongoose';
import type { KnownStart, StartStore } from '../../contract/store/index.js';
import { modelOf, orAway } from './connection.js';
import { insertOnce } from './insert-once.js';

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
    get: (key) => orAway(() => get(key)),
    putIfAbsent: (start) =>
      orAway(async () => {
        const document = { _id: start.key, at: start.at, start: JSON.stringify(start), session: start.session };
        if (await insertOnce(starts.collection, document)) return { start, isNew: true };
        return { start: (await get(start.key)) ?? start, isNew: false };
      }),
    answer: (key, answer, session) =>
      orAway(async () => void (await starts.updateOne({ _id: key }, { $set: { answer: JSON.stringify(answer), session } }))),
    remove: (key, run) =>
      orAway(async () => {
        const found = await starts.findById(key).lean<StartDocument>();
        // The text of a start never changes, so it guards the removal.
        if (found && (JSON.parse(found.start) as KnownStart).run === run) await starts.deleteOne({ _id: key, start: found.start });
      }),
    forget: (session) => orAway(async () => void (await starts.deleteMany({ session }))),
  };
}
