import type { Connection } from 'mongoose';
import type { Channel } from '../../contract/index.js';
import type { ChannelStore } from '../../contract/store/index.js';
import { modelOf, orAway } from './connection.js';
import { insertOnce } from './insert-once.js';
import type { Counter } from './meta.js';
import { removeOne } from './remove-one.js';

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
      orAway(async () => {
        if (!(await insertOnce(channels.collection, { _id: channel.id, channel: JSON.stringify(channel) }))) return 'taken';
        await counter.raise();
        return 'created';
      }),
    get: (id) =>
      orAway(async () => {
        const found = await channels.findById(id).lean<ChannelDocument>();
        return found ? (JSON.parse(found.channel) as Channel) : undefined;
      }),
    list: ({ after = '', limit }) =>
      orAway(async () => {
        const found = await channels
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(limit)
          .lean<ChannelDocument[]>();
        return found.map(({ channel }) => JSON.parse(channel) as Channel);
      }),
    update: (channel) =>
      orAway(async () => {
        const { matchedCount } = await channels.updateOne({ _id: channel.id }, { $set: { channel: JSON.stringify(channel) } });
        return changed(matchedCount === 1);
      }),
    remove: (id) => orAway(async () => changed(await removeOne(channels.collection as never, id))),
    revision: () => counter.value(),
  };
}
