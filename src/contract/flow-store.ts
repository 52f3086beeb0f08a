import type { FlowCode, FlowDefinition } from './flow.js';
import type { ChannelId } from './message.js';
import type { PageQuery } from './store.js';
import type { IsoTime } from './time.js';

export interface StoredFlow {
  readonly code: FlowCode;
  readonly name: string;
  readonly remark: string;
  readonly state: 'ONLINE' | 'OFFLINE';
  /** The version online. */
  readonly version?: number;
  /** Sessions on earlier versions go over to this one when they are next heard of. */
  readonly migrateTo?: number;
  readonly logging: boolean;
  readonly draft: { readonly revision: number; readonly definition: FlowDefinition; readonly changed: boolean };
  readonly channels: readonly ChannelId[];
  readonly createdAt: IsoTime;
  readonly updatedAt: IsoTime;
}
export interface FlowVersion {
  readonly flow: FlowCode;
  readonly version: number;
  readonly state: 'ONLINE' | 'OFFLINE' | 'DELETED';
  readonly definition: FlowDefinition;
  readonly remark: string;
  readonly publishedAt: IsoTime;
  readonly by: string;
}

/** Flows and their versions. Each method says what the product does; `undefined` means that there is no such flow. */
export interface FlowStore {
  create(flow: { readonly definition: FlowDefinition; readonly at: IsoTime }): Promise<'taken' | StoredFlow>;
  get(code: FlowCode): Promise<StoredFlow | undefined>;
  list(query: PageQuery & { readonly text?: string; readonly state?: 'ONLINE' | 'OFFLINE' }): Promise<readonly StoredFlow[]>;
  /** Only from the revision that the editor has read: otherwise tells the one that is there. Sets name and remark, too. */
  saveDraft(
    code: FlowCode,
    definition: FlowDefinition,
    base: number,
    at: IsoTime,
  ): Promise<{ readonly saved: boolean; readonly revision: number } | undefined>;
  patch(
    code: FlowCode,
    change: { readonly name?: string; readonly remark?: string; readonly logging?: boolean },
    at: IsoTime,
  ): Promise<StoredFlow | undefined>;
  /** Refused while ONLINE. */
  bind(code: FlowCode, channels: readonly ChannelId[], at: IsoTime): Promise<'online' | StoredFlow | undefined>;
  /** The draft of this revision becomes the next version, unchangeable, and goes ONLINE in place of the one before. */
  publish(
    code: FlowCode,
    publish: {
      readonly revision: number;
      readonly definition: FlowDefinition;
      readonly remark: string;
      readonly by: string;
      /** Sessions on earlier versions go over to this one. */
      readonly migrate?: boolean;
      readonly at: IsoTime;
    },
  ): Promise<'conflict' | { readonly version: number } | undefined>;
  /** Puts an earlier version ONLINE. */
  rollback(code: FlowCode, version: number, at: IsoTime): Promise<'no-version' | StoredFlow | undefined>;
  takeOffline(code: FlowCode, at: IsoTime): Promise<StoredFlow | undefined>;
  /** Refused while ONLINE. Versions stay for those who are in the middle, as DELETED; a flow of the same code counts on from them. */
  remove(code: FlowCode): Promise<'online' | 'removed' | undefined>;
  version(code: FlowCode, version: number): Promise<FlowVersion | undefined>;
  versions(code: FlowCode, query: { readonly after?: number; readonly limit: number }): Promise<readonly FlowVersion[]>;
  /** Grows with every change of what is online or logged, on any host; cheap enough to ask every second. */
  revision(): Promise<number>;
  online(): Promise<readonly { readonly flow: StoredFlow; readonly version: FlowVersion }[]>;
}
