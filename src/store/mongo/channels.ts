import type { Connection } from 'mongoose';
import type { Channel, ChannelStore } from '../../contract/index.js';
import { isTaken, modelOf, reading } from './connection.js';
import type { Counter } from './meta.js';

interface ChannelDocument {
  readonly _id: string;
  readonly channel: string;
}

export function mongoChannels(connection: Connection, counter: Counter): ChannelStore {
  const channels = modelOf<ChannelDocument>(connection, 'channels', { channel: { type: String } });
  const changed = async (isChanged: boolean) => {
    if (isChanged) await counter.raise();
    return isChanged;
  };
  return {
    create: (channel) =>
      reading(async () => {
        try {
          await channels.collection.insertOne({ _id: channel.id, channel: JSON.stringify(channel) } as never);
        } catch (error) {
          if (isTaken(error)) return 'taken';
          throw error;
        }
        await counter.raise();
        return 'created';
      }),
    get: (id) =>
      reading(async () => {
        const found = await channels.findById(id).lean<ChannelDocument>();
        return found ? (JSON.parse(found.channel) as Channel) : undefined;
      }),
    list: ({ after = '', limit }) =>
      reading(async () => {
        const found = await channels
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(limit)
          .lean<ChannelDocument[]>();
        return found.map(({ channel }) => JSON.parse(channel) as Channel);
      }),
    update: (channel) =>
      reading(async () => {
        const { matchedCount } = await channels.updateOne({ _id: channel.id }, { $set: { channel: JSON.stringify(channel) } });
        return changed(matchedCount === 1);
      }),
    remove: (id) => reading(async () => changed((await channels.deleteOne({ _id: id })).deletedCount === 1)),
    revision: () => counter.value(),
  };
}
