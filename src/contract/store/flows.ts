import type { FlowCode, FlowDefinition, Trigger } from '../flow.js';
import type { ChannelId } from '../message.js';
import type { IsoTime } from '../time.js';
import type { PageQuery } from './page-query.js';

/** A flow in the store: its draft, and which version is online. */
export interface StoredFlow {
  readonly code: FlowCode;
  readonly name: string;
  readonly remark: string;
  readonly state: 'ONLINE' | 'OFFLINE';
  /** The version that is online. */
  readonly version?: number;
  /** Sessions on earlier versions move to this one at their next event. */
  readonly migrateTo?: number;
  readonly logging: boolean;
  readonly draft: StoredDraft;
  readonly channels: readonly ChannelId[];
  readonly createdAt: IsoTime;
  readonly updatedAt: IsoTime;
}
/** Which draft of a flow it is: its revision grows with every save. */
export interface DraftStamp {
  readonly revision: number;
  readonly at: IsoTime;
  /** The name of the key that saved it; empty for drafts saved by releases before December 2026. */
  readonly by: string;
}
export interface StoredDraft extends DraftStamp {
  readonly definition: FlowDefinition;
  /** Whether it differs from the version that is online. */
  readonly changed: boolean;
  /** The id of the editor that saved it, if it has given one. */
  readonly editor?: string;
}
/** An earlier draft in a list, with the number of its nodes. */
export interface DraftSummary extends DraftStamp {
  readonly nodes: number;
}
/** A flow without its definition, but with the triggers of its draft. */
export interface FlowSummary extends Omit<StoredFlow, 'draft'> {
  readonly draft: Omit<StoredDraft, 'definition'>;
  readonly triggers: readonly Trigger[];
}
export interface ListedFlow {
  /** Where the flow stands in the order that was asked for. */
  readonly key: string;
  readonly flow: FlowSummary;
}
/** The order of a list: by a member, descending after a hyphen. Names are compared without accents and case. */
export type FlowSort = `${'' | '-'}${'code' | 'name' | 'updatedAt'}`;
export interface FlowQuery extends PageQuery {
  /** In the code, the name or the remark. */
  readonly text?: string;
  readonly state?: 'ONLINE' | 'OFFLINE';
  /** A type of trigger that the draft has. */
  readonly trigger?: Trigger['type'];
  /** A channel that the flow is bound to. */
  readonly channel?: ChannelId;
  /** `code` if absent. */
  readonly sort?: FlowSort;
}
/** A published version. Its definition never changes. */
export interface FlowVersion {
  readonly flow: FlowCode;
  readonly version: number;
  readonly state: 'ONLINE' | 'OFFLINE' | 'DELETED';
  readonly definition: FlowDefinition;
  readonly remark: string;
  readonly publishedAt: IsoTime;
  readonly by: string;
}

export interface DraftSave {
  readonly definition: FlowDefinition;
  /** The revision that the definition was made from. */
  readonly base: number;
  readonly at: IsoTime;
  readonly by: string;
  /** The id of the editor that saves. */
  readonly editor?: string;
}

export interface FlowPatch {
  readonly name?: string;
  readonly remark?: string;
  readonly logging?: boolean;
  readonly at: IsoTime;
  readonly by: string;
}

export type VersionSummary = Omit<FlowVersion, 'definition'>;
export interface VersionQuery {
  /** The number of the last version of the page before. */
  readonly after?: number;
  readonly limit: number;
  readonly isNewestFirst?: boolean;
}

/** Flows and their versions. A result of `undefined` means that the flow does not exist. */
export interface FlowStore {
  /** Creates a flow with a draft. */
  create(flow: { readonly definition: FlowDefinition; readonly at: IsoTime; readonly by: string }): Promise<'taken' | StoredFlow>;
  get(code: FlowCode): Promise<StoredFlow | undefined>;
  /** Lists flows without their definitions, which can be large. `after` is the `key` of the last one of the previous page. */
  list(query: FlowQuery): Promise<readonly ListedFlow[]>;
  /**
   * Saves the draft if its revision is still `base`, and keeps the one before in the history. Returns the stamp of the draft that is there
   * then. Sets name and remark as well.
   */
  saveDraft(code: FlowCode, save: DraftSave): Promise<(DraftStamp & { readonly saved: boolean }) | undefined>;
  /** Lists the drafts before the current one that are kept, newest first. Empty for an unknown flow. */
  earlierDrafts(code: FlowCode): Promise<readonly DraftSummary[]>;
  earlierDraft(code: FlowCode, revision: number): Promise<FlowDefinition | undefined>;
  /** Changes what can change at any time. A new name or remark is a save of the draft. */
  patch(code: FlowCode, patch: FlowPatch): Promise<StoredFlow | undefined>;
  /** Binds the flow to channels. Refused while it is online. */
  bind(code: FlowCode, channels: readonly ChannelId[], at: IsoTime): Promise<'online' | StoredFlow | undefined>;
  /** Publishes the draft of this revision as the next version, which goes online in place of the previous one. */
  publish(
    code: FlowCode,
    publish: {
      readonly revision: number;
      readonly definition: FlowDefinition;
      readonly remark: string;
      readonly by: string;
      /** Sessions on earlier versions move to this one. */
      readonly migrate?: boolean;
      readonly at: IsoTime;
    },
  ): Promise<'conflict' | { readonly version: number } | undefined>;
  /** Puts an earlier version online. */
  rollback(code: FlowCode, version: number, at: IsoTime): Promise<'no-version' | StoredFlow | undefined>;
  takeOffline(code: FlowCode, at: IsoTime): Promise<StoredFlow | undefined>;
  /** Removes a flow. Refused while it is online. Its versions stay as DELETED for people who are still in them; a new flow with the same code continues their numbers. */
  remove(code: FlowCode): Promise<'online' | 'removed' | undefined>;
  version(code: FlowCode, version: number): Promise<FlowVersion | undefined>;
  /** Lists the versions of a flow without their definitions, the oldest first, or the newest. */
  versions(code: FlowCode, query: VersionQuery): Promise<readonly VersionSummary[]>;
  /** Returns the number of the last version of a flow, deleted ones included; 0 if there is none. */
  newestVersion(code: FlowCode): Promise<number>;
  /** Returns a number that grows with every change of what is online or logged, by any host. Cheap enough to ask for every second. */
  revision(): Promise<number>;
  /** Returns all flows that are online, with their versions. */
  online(): Promise<readonly { readonly flow: StoredFlow; readonly version: FlowVersion }[]>;
}
