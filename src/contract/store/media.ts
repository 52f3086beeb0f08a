import type { ChannelId } from '../message.js';
import type { IsoTime } from '../time.js';

/** A file that a person has sent: where the provider has it, and whether it was fetched. */
export interface MediaFile {
  /** The same however often its message is delivered. */
  readonly id: string;
  /** The session of the person. */
  readonly session: string;
  readonly channel: ChannelId;
  /** When its message came. */
  readonly at: IsoTime;
  /** How the provider names it: by an id, an address, or both. */
  readonly mediaId?: string;
  readonly url?: string;
  readonly mimeType?: string;
  readonly fileName?: string;
  /** `waiting`: it was not fetched yet. `kept`: its bytes are in the store. `gone`: they are not, and never will be; see `reason`. */
  readonly state: 'waiting' | 'kept' | 'gone';
  /** In bytes; 0 unless it is kept. */
  readonly size: number;
  /** When it is fetched next; absent unless it is waiting. */
  readonly due?: IsoTime;
  /** How many attempts to fetch it have failed. */
  readonly tries: number;
  /** Why it is gone: one of the codes in docs/errors.md. */
  readonly reason?: string;
}

/** The bytes of a file are stored in parts of this size; the last one is smaller. */
export const MEDIA_PART = 256_000;

/** Files that people have sent. */
export interface MediaStore {
  /** Adds a file, unless there is one of its id. */
  add(file: MediaFile): Promise<void>;
  find(id: string): Promise<MediaFile | undefined>;
  /** Returns files that are due to be fetched, the earliest first. */
  due(now: IsoTime, limit: number): Promise<readonly MediaFile[]>;
  /** Changes a file that is waiting, if its `due` is still the one given. Returns whether it did: of several hosts one fetches a file. */
  update(file: MediaFile, due: IsoTime | undefined): Promise<boolean>;
  /** Writes a part of a file, counted from 0, over what an earlier attempt has left. */
  putPart(id: string, n: number, bytes: Buffer): Promise<void>;
  part(id: string, n: number): Promise<Buffer | undefined>;
  /** Returns how many bytes are kept of a session, or of all. */
  bytes(session?: string): Promise<number>;
  /** Returns the file of a session, or of all, that was kept first. */
  oldest(session?: string): Promise<MediaFile | undefined>;
  /** Removes the bytes of a file. The file stays, as gone. */
  drop(id: string, reason: string): Promise<void>;
  /** Removes all files of a session. Idempotent. */
  forget(session: string): Promise<void>;
}
