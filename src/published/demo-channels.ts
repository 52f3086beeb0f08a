import type { Channel, ChannelId, Clock } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import type { ChannelBook } from './channel-book.js';

/** The channels of the demo. They take webhooks only while their emulator runs in this process. */
export interface DemoChannels {
  isOpen(id: ChannelId): boolean;
  /**
   * Stores a channel with the settings of its emulator, which runs from now on. Returns `new` until `handOver` was called for it, and
   * `deleted`, without storing it, if the owner has deleted it since.
   */
  open(request: Pick<Channel, 'id' | 'adapter' | 'name' | 'config'>): Promise<'new' | 'known' | 'deleted'>;
  /** Marks a channel as set up: if its owner deletes it from now on, it stays deleted. */
  handOver(id: ChannelId): Promise<void>;
  /** To be called after the emulator has stopped. */
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
