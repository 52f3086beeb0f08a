import { type Blocker, isRefused, type Log, type Refusal, type TakeTurn } from '../contract/host/index.js';
import type { ChannelId, Clock, FlowDefinition, Problem } from '../contract/index.js';
import type { DraftStamp, Store, StoredFlow } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow } from '../flow/check.js';
import type { NodeTypes } from '../flow/program.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { ProgramBook } from '../published/program-book.js';
import type { Caller } from './caller.js';
import { draftConflict, readOwnDefinition } from './drafts.js';
import { endSessions } from './end-sessions.js';
import { auditedFlow, type FlowView, showFlow } from './flow-view.js';
import { knownFlow, noFlow, noVersion } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { findBlockers, refuseBlocked, shownBlocker, warnOfUnbound } from './refuse-publish.js';
import { refuseLostNodes, type SessionsRequest, type StandingSessions, standingSessions } from './standing-sessions.js';

export interface PublishingParts {
  readonly store: Pick<Store, 'flows' | 'sessions'>;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly programs: Pick<ProgramBook, 'snapshot' | 'refresh'>;
  readonly takeTurn: TakeTurn;
  readonly nodeTypes: NodeTypes;
  readonly checkWorld: CheckWorldFor;
  readonly clock: Clock;
  readonly log: Log;
}
interface Named {
  readonly code: string;
}

/** Binds a flow that is OFFLINE to channels, in place of those that it was bound to. */
export async function bindFlow(
  parts: PublishingParts,
  _caller: Caller,
  { code, channels }: Named & { readonly channels: readonly ChannelId[] },
): Promise<Outcome<FlowView | undefined>> {
  const { store, clock } = parts;
  const before = await knownFlow(parts, code);
  if (isRefused(before)) return before;
  const unknown = refuseUnknown(parts, channels);
  if (unknown) return unknown;
  const flow = await store.flows.bind(code, channels, clock.now());
  if (flow === 'online')
    return { refused: 'flow/online', detail: `"${code}" is ONLINE. Its channels can change only while it is OFFLINE.` };
  return {
    done: flow && (await showFlow(store, flow)),
    changed: { action: 'flow.bind', target: `flow:${code}`, before: { channels: before.channels }, after: { channels } },
  };
}

function refuseUnknown({ channels }: PublishingParts, ids: readonly ChannelId[]): Refusal | undefined {
  const unknown = ids.filter((id) => !channels.get(id));
  if (unknown.length === 0) return undefined;
  const problems = unknown.map(
    (id): Problem => ({
      pointer: `/channels/${ids.indexOf(id)}`,
      code: 'channel/unknown',
      message: `unknown channel "${id}"`,
      hint: 'Use the id of a channel that exists.',
      severity: 'error',
    }),
  );
  return { refused: 'channel/unknown', detail: `Unknown channels: ${unknown.map((id) => `"${id}"`).join(', ')}.`, problems };
}

export interface PublishRequest extends Named {
  readonly remark?: string;
  /** `keep` if absent: people already in the flow stay on the version they started with. */
  readonly sessions?: SessionsRequest;
  /** The revision of the draft that was looked at: another one is not published. Absent: the draft is published as it is. */
  readonly revision?: number;
}
export interface Published {
  readonly version: number;
  /** Warnings, which do not stop a publish. */
  readonly problems: readonly Problem[];
  readonly sessions: StandingSessions;
}

/** Makes the draft of a flow its next version, which is ONLINE from then on in place of the previous one. */
export async function publishFlow(parts: PublishingParts, caller: Caller, request: PublishRequest): Promise<Outcome<Published>> {
  const { store, programs, clock } = parts;
  const { code, remark = '', sessions: mode = 'keep' } = request;
  const flow = await knownDraft(parts, request);
  if (isRefused(flow)) return flow;
  const { definition, revision } = flow.draft;
  const { problems, blockers, sessions } = await lookAhead(parts, { flow, definition, mode });
  const blocked = refuseBlocked(blockers);
  if (blocked) return blocked;
  const version = { revision, definition, remark, by: caller.name, migrate: mode === 'migrate', at: clock.now() };
  const published = await store.flows.publish(code, version);
  if (!published) return noFlow(code);
  if (published === 'conflict') return savedMeanwhile(parts, code);
  await programs.refresh();
  const number = published.version;
  const ended = mode === 'end' ? { ended: await endSessions(parts, { flow: code, below: number, by: 'publish' }) } : {};
  return {
    done: { version: number, problems, sessions: { ...sessions, ...ended } },
    changed: {
      action: 'flow.publish',
      target: `flow:${code}`,
      before: auditedFlow(flow),
      after: { version: number, draft: revision, remark, sessions: mode },
    },
  };
}

export interface PreviewRequest extends Omit<PublishRequest, 'remark'> {
  /** A flow file to look at in place of the draft. */
  readonly definition?: unknown;
  /** Channels to look at in place of those that the flow is bound to. */
  readonly channels?: readonly ChannelId[];
}
export interface Preview {
  readonly dryRun: true;
  /** The number that the version would get. */
  readonly version: number;
  readonly draft: DraftStamp;
  /** Everything that would refuse the publish. */
  readonly blockers: readonly Blocker[];
  /** All that the check finds, warnings included. */
  readonly problems: readonly Problem[];
  readonly sessions: StandingSessions;
}

/** Reports what a publish would come to, and changes nothing. */
export async function previewPublish(parts: PublishingParts, _caller: Caller, request: PreviewRequest): Promise<Outcome<Preview>> {
  const { code, sessions: mode = 'keep', channels } = request;
  const stored = await knownDraft(parts, request);
  if (isRefused(stored)) return stored;
  const flow = channels ? { ...stored, channels } : stored;
  const definition = request.definition === undefined ? flow.draft.definition : readOwnDefinition(parts, flow, request.definition);
  if (isRefused(definition)) return definition;
  const { problems, blockers, sessions } = await lookAhead(parts, { flow, definition, mode });
  const version = (await parts.store.flows.newestVersion(code)) + 1;
  const { revision, at, by } = flow.draft;
  return { done: { dryRun: true, version, draft: { revision, at, by }, blockers: blockers.map(shownBlocker), problems, sessions } };
}

/** Finds the flow, if its draft is at the revision that was looked at. */
async function knownDraft(
  parts: PublishingParts,
  { code, revision }: Pick<PublishRequest, 'code' | 'revision'>,
): Promise<StoredFlow | Refusal> {
  const flow = await knownFlow(parts, code);
  return isRefused(flow) || revision === undefined || revision === flow.draft.revision ? flow : draftConflict(flow.draft);
}

/** Finds what a publish would meet: problems, everything that refuses it, and the waiting sessions. */
async function lookAhead(
  parts: PublishingParts,
  { flow, definition, mode }: { readonly flow: StoredFlow; readonly definition: FlowDefinition; readonly mode: SessionsRequest },
) {
  const problems = [...checkFlow(definition, parts.checkWorld(flow.channels)), ...warnOfUnbound(parts, { flow, definition })];
  const lost = mode === 'migrate' ? await refuseLostNodes(parts.store, flow, definition) : undefined;
  const blockers = [...findBlockers(parts, { flow, definition, problems }), ...(lost ? [lost] : [])];
  return { problems, blockers, sessions: await standingSessions(parts.store, flow, mode) };
}

async function savedMeanwhile(parts: PublishingParts, code: string): Promise<Refusal> {
  const flow = await knownFlow(parts, code);
  return isRefused(flow) ? flow : draftConflict(flow.draft);
}

export interface OfflineRequest extends Named {
  /** `finish` if absent: people who are in the flow go on to its end. */
  readonly sessions?: 'finish' | 'end';
  /** The last message to those who are ended. */
  readonly message?: string;
}

/** Takes a flow offline: nothing starts it any more. */
export async function takeFlowOffline(
  parts: PublishingParts,
  _caller: Caller,
  { code, sessions = 'finish', message }: OfflineRequest,
): Promise<Outcome<(FlowView & { readonly ended: number }) | undefined>> {
  const { store, programs, clock } = parts;
  const before = await knownFlow(parts, code);
  if (isRefused(before)) return before;
  const flow = await store.flows.takeOffline(code, clock.now());
  await programs.refresh();
  const words = message === undefined ? {} : { message };
  const ended = sessions === 'end' ? await endSessions(parts, { flow: code, by: 'offline', ...words }) : 0;
  return {
    done: flow && { ...(await showFlow(store, flow)), ended },
    changed: {
      action: 'flow.offline',
      target: `flow:${code}`,
      before: auditedFlow(before),
      after: { state: 'OFFLINE', sessions, ended },
    },
  };
}

/** Puts an earlier version ONLINE, as it was published. The draft stays as it is. */
export async function rollBackFlow(
  parts: PublishingParts,
  _caller: Caller,
  { code, version }: Named & { readonly version: number },
): Promise<Outcome<FlowView>> {
  const { store, programs, clock } = parts;
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const earlier = await store.flows.version(code, version);
  if (!earlier || earlier.state === 'DELETED') return noVersion(code, version);
  // It was published, so its problems stop it no more.
  const blocked = refuseBlocked(findBlockers(parts, { flow, definition: earlier.definition, problems: [] }));
  if (blocked) return blocked;
  const back = await store.flows.rollback(code, version, clock.now());
  await programs.refresh();
  const now = back && back !== 'no-version' ? back : flow;
  return {
    done: await showFlow(store, now),
    changed: { action: 'flow.rollback', target: `flow:${code}`, before: auditedFlow(flow), after: auditedFlow(now) },
  };
}
