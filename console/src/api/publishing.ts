import type { FlowDefinition, Problem } from '../../../src/contract/flow.js';
import { call } from './client.js';

/** What becomes of people who are in an earlier version. */
export type SessionsChoice = 'keep' | 'migrate' | 'end';

/** A reason why a version cannot go ONLINE. */
export interface Blocker {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Problem[];
}

/** How many people wait at a node of a version. */
export interface Position {
  readonly version: number;
  readonly node: string;
  readonly waiting: number;
}

/** What a publish would come to. */
export interface Preview {
  /** The number that the version would get. */
  readonly version: number;
  readonly blockers: readonly Blocker[];
  readonly problems: readonly Problem[];
  readonly sessions: { readonly positions: readonly Position[] };
}

/** Which draft is published, and how. */
export interface PublishRequest {
  readonly code: string;
  /** The revision of the draft that was looked at. */
  readonly revision: number;
  readonly sessions: SessionsChoice;
  /** The channels that the flow is to be bound to; those of today if absent. */
  readonly channels?: readonly string[];
  readonly remark?: string;
}

/** Finds what a publish would come to. Nothing is changed. */
export async function previewPublish({ code, revision, sessions, channels }: PublishRequest, signal?: AbortSignal): Promise<Preview> {
  const body = { dryRun: true, sessions, ...(channels ? { channels } : {}) };
  return (await call<Preview>('POST', `/flows/${code}/publish`, { body, revision, signal })).body;
}

/** Binds the flow to its channels if they are to be others, and publishes the draft. */
export async function publish({ code, revision, sessions, channels, remark = '' }: PublishRequest): Promise<{ readonly version: number }> {
  if (channels) await call('PUT', `/flows/${code}/channels`, { body: { channels } });
  return (await call<{ version: number }>('POST', `/flows/${code}/publish`, { body: { sessions, remark }, revision })).body;
}

/** Reads the definition of a version. */
export async function readVersion(code: string, version: number, signal?: AbortSignal): Promise<FlowDefinition> {
  return (await call<FlowDefinition>('GET', `/flows/${code}/export?version=${version}`, signal ? { signal } : {})).body;
}
