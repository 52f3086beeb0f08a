import type { Blocker, Refusal } from '../contract/host/index.js';
import { type FlowDefinition, isMessageTrigger, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import type { StoredFlow } from '../contract/store/index.js';
import { errorsOf } from '../flow/check.js';
import type { ChannelBook } from '../published/channel-book.js';
import { findTies } from '../published/find-ties.js';
import { onlineFlow, type ProgramBook } from '../published/program-book.js';

interface OnlineParts {
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly programs: Pick<ProgramBook, 'snapshot'>;
}

/** A definition that may go ONLINE, with what the check has found in it. */
interface Candidate {
  readonly flow: Pick<StoredFlow, 'code' | 'state' | 'channels' | 'logging'>;
  readonly definition: FlowDefinition;
  readonly problems: readonly Problem[];
}

/** Finds every reason why a definition of a flow cannot go ONLINE beside what is there. */
export function findBlockers(parts: OnlineParts, candidate: Candidate): readonly Refusal[] {
  return [findErrors, findMissingChannels, findUnbound, findOwnTies].flatMap((find) => find(parts, candidate) ?? []);
}

/** Refuses with everything that was found. The first blocker gives the code, and its sentence; undefined if there is none. */
export function refuseBlocked(blockers: readonly Refusal[]): Refusal | undefined {
  const [first] = blockers;
  return first && { ...first, problems: blockers.flatMap(({ problems = [] }) => problems), blockers: blockers.map(shownBlocker) };
}

/** Shows a reason without the warnings that may be among its problems. */
export function shownBlocker({ refused: code, detail = '', problems = [] }: Refusal): Blocker {
  const errors = errorsOf(problems);
  return { code, detail, ...(errors.length === 0 ? {} : { errors }) };
}

function findErrors(_parts: OnlineParts, { flow, problems }: Candidate): Refusal | undefined {
  if (errorsOf(problems).length === 0) return undefined;
  return { refused: 'flow/has-errors', detail: `The draft of "${flow.code}" has errors.`, problems };
}

/** A channel may have been deleted, or have lost its adapter. Only while the flow is OFFLINE can it be bound to others. */
function findMissingChannels({ channels }: OnlineParts, { flow }: Candidate): Refusal | undefined {
  const missing = flow.channels.filter((id) => !channels.get(id));
  if (missing.length === 0 || flow.state === 'ONLINE') return undefined;
  const names = missing.map((id) => `"${id}"`).join(', ');
  return { refused: 'channel/unknown', detail: `"${flow.code}" is bound to channels that do not exist or cannot be used: ${names}.` };
}

/**
 * A flow that hears messages needs a channel. One of them is enough: a flow for WhatsApp and Viber goes ONLINE where there is only one of
 * the two, and `warnOfUnbound` names the triggers that hear nothing.
 */
function findUnbound(parts: OnlineParts, { flow, definition }: Candidate): Refusal | undefined {
  const unbound = unboundTriggers(parts, { flow, definition });
  if (unbound.length === 0 || unbound.length < definition.triggers.filter(isMessageTrigger).length) return undefined;
  const problems = unbound.map(
    ({ pointer, platform }): Problem => ({
      pointer,
      code: 'flow/not-bound',
      message: `the trigger needs a ${platform} channel, but the flow is not bound to one`,
      hint: `Bind the flow to a ${platform} channel.`,
      severity: 'error',
    }),
  );
  return { refused: 'flow/not-bound', detail: `"${flow.code}" is not bound to a channel that its triggers need.`, problems };
}

/** Warns of triggers without a channel in a flow that hears messages by others. */
export function warnOfUnbound(parts: Pick<OnlineParts, 'channels'>, candidate: Omit<Candidate, 'problems'>): readonly Problem[] {
  const unbound = unboundTriggers(parts, candidate);
  if (unbound.length === candidate.definition.triggers.filter(isMessageTrigger).length) return [];
  return unbound.map(({ pointer, platform }) => ({
    pointer,
    code: 'flow/platform-not-bound',
    message: `the flow is bound to no ${platform} channel, so nothing on that platform starts it`,
    hint: `Bind the flow to a ${platform} channel, or remove the trigger.`,
    severity: 'warning',
  }));
}

/** Returns the message triggers for which the flow has no channel of their platform. */
function unboundTriggers({ channels }: Pick<OnlineParts, 'channels'>, { flow, definition: { triggers } }: Omit<Candidate, 'problems'>) {
  const platforms = new Set(flow.channels.map((id) => channels.get(id)?.adapter.platform));
  return triggers.flatMap((trigger, i) => {
    if (!isMessageTrigger(trigger) || platforms.has(TRIGGER_PLATFORM[trigger.type])) return [];
    return [{ pointer: `/triggers/${i}`, platform: TRIGGER_PLATFORM[trigger.type] }];
  });
}

/** Two flows that would take the same message cannot both be ONLINE. A trigger with errors takes none. */
function findOwnTies({ programs }: OnlineParts, { flow, definition, problems: found }: Candidate): Refusal | undefined {
  const wrong = new Set(errorsOf(found).map(({ pointer }) => /^\/triggers\/(\d+)/.exec(pointer)?.[1]));
  const triggers = definition.triggers.filter((_, i) => !wrong.has(String(i)));
  const ties = findTies(onlineFlow(flow, { version: 0, definition: { ...definition, triggers } }), programs.snapshot().onlineFlows);
  if (ties.length === 0) return undefined;
  const problems = ties.map(
    ({ flow: other, reason }): Problem => ({
      pointer: '/triggers',
      code: 'flow/tie',
      message: reason,
      hint: `Change a keyword or the priority, or take "${other}" offline.`,
      severity: 'error',
    }),
  );
  const others = ties.map((one) => `"${one.flow}"`).join(', ');
  return { refused: 'flow/tie', detail: `"${flow.code}" takes the same messages as ${others}.`, problems };
}
