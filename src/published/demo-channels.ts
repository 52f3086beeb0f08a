import type { Channel, ChannelId, Clock, Store } from '../contract/index.js';
import type { ChannelBook } from './channel-book.js';

/** The demo's channels. Webhooks are taken only for those whose emulator runs in this process. */
export interface DemoChannels {
  isOpen(id: ChannelId): boolean;
  /**
   * Stores a channel with the settings of its emulator, which runs from now on. `new`: nobody has set up this demo to its end.
   * `deleted`: the owner has removed the channel, and it stays removed.
   */
  open(request: Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>): Promise<'new' | 'known' | 'deleted'>;
  /** The demo is set up to its end: what its owner deletes from now on stays deleted. */
  handOver(id: ChannelId): Promise<void>;
  /** The emulator has stopped. */
  close(id: ChannelId): void;
}

export function createDemoChannels({
  store,
  channels,
  clock,
}: {
  readonly store: Store;
  readonly channels: ChannelBook;
  readonly clock: Clock;
}): DemoChannels {
  const running = new Set<ChannelId>();
  return {
    isOpen: (id) => running.has(id),
    async open({ id, adapter, name, config }) {
      const at = clock.now();
      const isHandedOver = (await store.meta.get(markOf(id))) !== undefined;
      const before = await store.channels.get(id);
      if (!before && isHandedOver) return 'deleted';
      if (before) await store.channels.update({ ...before, adapter, config, updatedAt: at });
      else await store.channels.create({ id, adapter, name, config, createdAt: at, updatedAt: at });
      await channels.refresh();
      running.add(id);
      return isHandedOver ? 'known' : 'new';
    },
    async handOver(id) {
      await store.meta.putIfAbsent(markOf(id), clock.now());
    },
    close: (id) => void running.delete(id),
  };
}

function markOf(id: ChannelId): string {
  return `demo:${id}`;
}
