import { createHash } from 'node:crypto';
import { type Download, type Downloaded, type Log, OperationalError } from '../contract/host/index.js';
import {
  type Channel,
  type Clock,
  type InboundMessage,
  type MediaSource,
  type ProviderReply,
  type ProviderRequest,
  plusMillis,
} from '../contract/index.js';
import type { MediaFile, Store } from '../contract/store/index.js';
import { MEDIA_PART } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { endingOf, FOR_FLOWS, FOR_VIEWERS, type MediaAddresses } from './media-address.js';

/** Keeps the files that people send: notes them, fetches them from their providers, and gives them out. */
export interface MediaBox {
  /** Returns the file of a message, if this host can fetch it; and the message with the host's own address of it. */
  fileOf(event: string, message: InboundMessage): { readonly file: NewMedia; readonly message: InboundMessage } | undefined;
  /** Notes the file of a person's message, before its turn. Idempotent. */
  note(file: NewMedia, session: string): Promise<void>;
  /** Fetches the files that are due. */
  look(stopping: AbortSignal): Promise<void>;
  /** Returns a file; one that is waiting is fetched first. Undefined if there is none of that id. */
  open(id: string): Promise<MediaFile | undefined>;
  /** Returns an address of a file of ours with a short time left; any other address as it is. */
  shortly(address: string): string;
}

/** A file whose person is not known yet. */
export type NewMedia = Omit<MediaFile, 'session'>;

export interface MediaParts {
  readonly store: Pick<Store, 'media'>;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly addresses: MediaAddresses;
  /** Sends a request to a provider. */
  readonly ask: (request: ProviderRequest) => Promise<ProviderReply>;
  readonly download: Download;
  /** Called when a file is to be fetched at once. */
  readonly soon: () => void;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Most bytes that are kept of all files. */
  readonly maxBytes: number;
}

/** Most bytes of one file, and of all files of a person. */
const MAX_FILE = 25_000_000;
const MAX_PERSON = 200_000_000;
/** How long one host has for an attempt before another one may make it, in milliseconds. */
const LEASE = 180_000;
/** A file that is fetched on demand is fetched this long before the provider deletes it, in milliseconds. */
const BEFORE_END = 86_400_000;
const PAUSES = [2_000, 10_000, 60_000, 300_000, 900_000, 3_600_000];
/** Files that are fetched side by side. */
const AT_ONCE = 4;

export function createMediaBox(parts: MediaParts): MediaBox {
  const { store, channels, addresses, clock } = parts;
  /** Attempts under way in this process. */
  const fetching = new Map<string, Promise<MediaFile>>();

  /** Makes one attempt; several calls for a file share it. */
  function fetch(file: MediaFile): Promise<MediaFile> {
    const running = fetching.get(file.id) ?? fetchFile(parts, file).finally(() => fetching.delete(file.id));
    fetching.set(file.id, running);
    return running;
  }

  return {
    fileOf(event, message) {
      const known = channels.get(message.channel);
      const source = known?.adapter.media;
      if (!known || !source || message.group !== undefined || !canFetch(source, known.config, message)) return undefined;
      const { mediaId, mediaUrl: url, mimeType, fileName } = message;
      const at = clock.now();
      const about = pick({ mediaId, url, mimeType, fileName });
      const id = idOf(message.channel, event);
      const due = source.fetch === 'arrival' ? at : plusMillis(at, Math.max(0, source.keptFor - BEFORE_END));
      const ending = endingOf(about);
      const until = Date.parse(at) + FOR_FLOWS;
      return {
        file: { id, channel: message.channel, at, ...about, state: 'waiting', size: 0, tries: 0, due },
        message: { ...message, mediaUrl: addresses.make(id, { until, ...(ending === undefined ? {} : { ending }) }) },
      };
    },
    async note(file, session) {
      await store.media.add({ ...file, session });
      if (file.due === file.at) parts.soon();
    },
    async look(stopping) {
      while (!stopping.aborted) {
        const due = await store.media.due(clock.now(), AT_ONCE);
        if (due.length === 0) return;
        await Promise.all(due.map(fetch));
      }
    },
    async open(id) {
      const file = await store.media.find(id);
      return file?.state === 'waiting' ? fetch(file) : file;
    },
    shortly(address) {
      const now = Date.parse(clock.now());
      // The API shows what came at any time, so an address whose time is over counts, too.
      const id = addresses.read(address, 0);
      if (id === undefined || id === 'expired') return address;
      const ending = endingOf({ url: address });
      return addresses.make(id, { until: now + FOR_VIEWERS, ...(ending === undefined ? {} : { ending }) });
    },
  };
}

function canFetch(source: MediaSource, config: unknown, { mediaId, mediaUrl }: InboundMessage): boolean {
  if (mediaId !== undefined && source.locate) return true;
  return mediaUrl !== undefined && URL.canParse(mediaUrl) && source.owns(new URL(mediaUrl), config);
}

/** The id of a file: that of its message, in a form that fits into an address. */
function idOf(channel: string, event: string): string {
  return createHash('sha256')
    .update(JSON.stringify([channel, event]))
    .digest('hex')
    .slice(0, 32);
}

function pick<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/** Fetches a file, unless another host does. Returns it as it is then. */
async function fetchFile(parts: MediaParts, file: MediaFile): Promise<MediaFile> {
  const { store, clock, log } = parts;
  const leased = { ...file, due: plusMillis(clock.now(), LEASE) };
  if (!(await store.media.update(leased, file.due))) return (await store.media.find(file.id)) ?? file;
  const known = parts.channels.get(file.channel);
  const source = known?.adapter.media;
  if (!known || !source) return giveUp(parts, leased, 'media/no-channel');
  const got = await attempt(parts, leased, { source, config: known.config, channel: known.channel });
  if ('size' in got) return keep(parts, leased, got);
  log.info({ channel: file.channel, media: file.id, reason: got.failed }, 'a file that a person has sent could not be fetched');
  const due = plusMillis(clock.now(), PAUSES[Math.min(file.tries, PAUSES.length - 1)] ?? 0);
  if (!got.retryable || due > plusMillis(file.at, source.keptFor)) return giveUp(parts, leased, got.failed);
  const later = { ...leased, due, tries: file.tries + 1 };
  await store.media.update(later, leased.due);
  return later;
}

interface From {
  readonly source: MediaSource;
  readonly config: unknown;
  readonly channel: Channel;
}

async function attempt(parts: MediaParts, { id, mediaId, url }: MediaFile, { source, config }: From): Promise<Downloaded> {
  const place = mediaId !== undefined && source.locate ? await placeOf(parts, source.locate(mediaId, config)) : { url: url ?? '' };
  if ('failed' in place) return place;
  return parts.download({
    url: place.url,
    headers: source.headers?.(config) ?? {},
    maxBytes: MAX_FILE,
    owns: (address) => source.owns(address, config),
    write: (n, bytes) => parts.store.media.putPart(id, n, bytes),
  });
}

async function placeOf({ ask }: MediaParts, inquiry: ReturnType<NonNullable<MediaSource['locate']>>) {
  const place = inquiry.read(await ask(inquiry.request));
  if (place === 'gone') return { failed: 'media/gone', retryable: false } as const;
  return place ?? ({ failed: 'media/no-answer', retryable: true } as const);
}

async function keep(
  parts: MediaParts,
  leased: MediaFile,
  { size, mimeType }: { readonly size: number; readonly mimeType?: string },
): Promise<MediaFile> {
  const { due, ...file } = leased;
  const kept: MediaFile = { ...file, state: 'kept', size, ...(mimeType === undefined ? {} : { mimeType }) };
  if (!(await parts.store.media.update(kept, due))) {
    // The person was forgotten meanwhile: their file goes, too.
    await parts.store.media.drop(file.id, 'media/gone');
    return { ...file, state: 'gone', reason: 'media/gone' };
  }
  await makeRoom(parts, kept);
  return kept;
}

async function giveUp({ store }: MediaParts, { due: _, ...file }: MediaFile, reason: string): Promise<MediaFile> {
  await store.media.drop(file.id, reason);
  return { ...file, state: 'gone', reason };
}

/** Removes the oldest files of the person, then those of all, until what is kept is within its limits. */
async function makeRoom({ store: { media }, maxBytes }: MediaParts, { session }: MediaFile): Promise<void> {
  for (const [max, of] of [
    [MAX_PERSON, session],
    [maxBytes, undefined],
  ] as const) {
    let kept = await media.bytes(of);
    while (kept > max) {
      const oldest = await media.oldest(of);
      if (!oldest) return;
      await media.drop(oldest.id, 'media/no-room');
      kept -= oldest.size;
    }
  }
}

/** Yields the bytes of a file that is kept. */
export async function* bytesOf({ media }: Pick<Store, 'media'>, { id, size }: MediaFile): AsyncGenerator<Buffer> {
  for (let n = 0; n * MEDIA_PART < size; n += 1) {
    const part = await media.part(id, n);
    if (!part) throw new OperationalError('store/away', 'a part of a file was removed while it was read');
    yield part;
  }
}
