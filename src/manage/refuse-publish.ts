import type { Refusal } from '../contract/host/index.js';
import { type FlowDefinition, isMessageTrigger, type Problem, TRIGGER_PLATFORM } from '../contract/index.js';
import type { StoredFlow } from '../contract/store/index.js';
import type { ChannelBook } from '../published/channel-book.js';
import { findTies } from '../published/find-ties.js';
import { onlineFlow, type ProgramBook } from '../published/program-book.js';

interface OnlineParts {
  readonly channels: Pick<ChannelBook, 'get'>;
  readonly programs: Pick<ProgramBook, 'snapshot'>;
}

/** Says why a definition of a flow cannot go ONLINE beside what is there; undefined if it can. */
export function refuseOnline(parts: OnlineParts, flow: StoredFlow, definition: FlowDefinition): Refusal | undefined {
  return refuseUnbound(parts, flow, definition) ?? refuseTies(parts, flow, definition);
}

/** A message trigger never hears anything without a channel of its platform. */
function refuseUnbound({ channels }: OnlineParts, flow: StoredFlow, { triggers }: FlowDefinition): Refusal | undefined {
  const platforms = new Set(flow.channels.map((id) => channels.get(id)?.adapter.platform));
  const problems = triggers.flatMap((trigger, i): readonly Problem[] => {
    if (!isMessageTrigger(trigger) || platforms.has(TRIGGER_PLATFORM[trigger.type])) return [];
    const platform = TRIGGER_PLATFORM[trigger.type];
    return [
      {
        pointer: `/triggers/${i}`,
        code: 'flow/not-bound',
        message: `the trigger needs a ${platform} channel, but the flow is not bound to one`,
        hint: `Bind the flow to a ${platform} channel.`,
        severity: 'error',
      },
    ];
  });
  if (problems.length === 0) return undefined;
  return { refused: 'flow/not-bound', detail: `"${flow.code}" is not bound to a channel that its triggers need.`, problems };
}

/** Two flows that would take the same message cannot both be ONLINE. */
function refuseTies({ programs }: OnlineParts, flow: StoredFlow, definition: FlowDefinition): Refusal | undefined {
  const ties = findTies(onlineFlow(flow, { version: 0, definition }), programs.snapshot().onlineFlows);
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
