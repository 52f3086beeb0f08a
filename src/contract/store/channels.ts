import type { Channel } from '../channel-adapter.js';
import type { ChannelId } from '../message.js';
import type { PageQuery } from './page-query.js';

/** The channels of the installation. */
export interface ChannelStore {
  create(channel: Channel): Promise<'taken' | 'created'>;
  get(id: ChannelId): Promise<Channel | undefined>;
  list(query: PageQuery): Promise<readonly Channel[]>;
  update(channel: Channel): Promise<boolean>;
  remove(id: ChannelId): Promise<boolean>;
  /** Returns a number that grows with every change of a channel. See FlowStore.revision. */
  revision(): Promise<number>;
}
