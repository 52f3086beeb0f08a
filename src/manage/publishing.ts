import { isRefused, type Log, type Refusal, type TakeTurn } from '../contract/host/index.js';
import type { ChannelId, Clock, Problem } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';
import { type CheckWorldFor, checkFlow, errorsOf } from '../flow/check.js';
import type { ChannelBook } from '../published/channel-book.js';
import type { ProgramBook } from '../published/program-book.js';
import type { Caller } from './caller.js';
import { endSessions } from './end-sessions.js';
import { auditedFlow, type FlowView, showFlow } from './flow-view.js';
import { knownFlow, noVersion } from './known-flow.js';
import type { Outcome } from './outcome.js';
import { refuseOnline } from './refuse-publish.js';
import { refuseLostNodes, type SessionsRequest, type StandingSessions, standingSessions } from './standing-sessions.js';

export interface PublishingParts {
  readonly store: Pick<Store, 'flows' | 'sessions'>;
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly programs: Pick<ProgramBook, 'snapshot' | 'refresh'>;
  readonly takeTurn: TakeTurn;
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
  /** Change nothing; report the problems and the waiting sessions. */
  readonly dryRun?: boolean;
}
export interface Published {
  /** Absent from a dry run. */
  readonly version?: number;
  readonly dryRun?: true;
  /** Warnings, which do not stop a publish. */
  readonly problems: readonly Problem[];
  readonly sessions: StandingSessions;
}

/** Makes the draft of a flow its next version, which is ONLINE from then on in place of the previous one. */
export async function publishFlow(parts: PublishingParts, caller: Caller, request: PublishRequest): Promise<Outcome<Published>> {
  const { store, programs, clock } = parts;
  const { code, remark = '', sessions: mode = 'keep', dryRun = false } = request;
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const { definition, revision } = flow.draft;
  const problems = checkFlow(definition, parts.checkWorld(flow.channels));
  if (errorsOf(problems).length > 0) return { refused: 'flow/has-errors', detail: `The draft of "${code}" has errors.`, problems };
  const refusal =
    refuseOnline(parts, flow, definition) ?? (mode === 'migrate' ? await refuseLostNodes(store, flow, definition) : undefined);
  if (refusal) return refusal;
  const sessions = await standingSessions(store, flow, mode);
  if (dryRun) return { done: { dryRun: true, problems, sessions } };
  const version = { revision, definition, remark, by: caller.name, migrate: mode === 'migrate', at: clock.now() };
  const published = await store.flows.publish(code, version);
  if (published === 'conflict') return savedMeanwhile();
  await programs.refresh();
  const number = published?.version ?? 0;
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

function savedMeanwhile(): Refusal {
  return { refused: 'draft/conflict', detail: 'The draft was saved by somebody else just now. Look at it and publish again.' };
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
  const refusal = refuseOnline(parts, flow, earlier.definition);
  if (refusal) return refusal;
  const back = await store.flows.rollback(code, version, clock.now());
  await programs.refresh();
  const now = back && back !== 'no-version' ? back : flow;
  return {
    done: await showFlow(store, now),
    changed: { action: 'flow.rollback', target: `flow:${code}`, before: auditedFlow(flow), after: auditedFlow(now) },
  };
}
