import type { DialogFrame, FlowFrame, Frame, Run } from '../contract/index.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A run that may be changed in this turn, and its frames with it: a copy of the stored one, made by `edit`. */
export type LiveRun = Omit<Mutable<Run>, 'stack'> & { stack: LiveFrame[] };
export type LiveFrame = LiveFlowFrame | LiveDialogFrame;
export type LiveFlowFrame = Mutable<FlowFrame>;
export type LiveDialogFrame = Mutable<DialogFrame>;

/** Returns a copy of a stored run that may be changed. All copies have all members, so that the engine reads objects of one shape. */
export function liveRun(run: Run): LiveRun {
  return {
    id: run.id,
    startedBy: run.startedBy,
    place: run.place,
    startedAt: run.startedAt,
    isBeside: run.isBeside,
    chain: run.chain,
    discardAt: run.discardAt,
    channel: run.channel,
    lane: run.lane,
    sentAt: run.sentAt,
    aside: run.aside,
    lastMessage: run.lastMessage,
    transcript: run.transcript,
    opening: run.opening,
    offer: run.offer,
    question: run.question,
    alsoOn: run.alsoOn,
    offered: run.offered,
    alone: run.alone,
    failure: run.failure,
    stack: run.stack.map(liveFrame),
  } satisfies { [K in keyof Required<Run>]: LiveRun[K] };
}

function liveFrame(frame: Frame): LiveFrame {
  if (frame.kind === 'dialog') return { ...frame };
  const { kind, flow, version, nodeId, vars, inputs, memory, wait } = frame;
  return { kind, flow, version, nodeId, vars, inputs, memory, wait } satisfies { [K in keyof Required<FlowFrame>]: LiveFlowFrame[K] };
}

/** Returns the flow or dialog that the run is in: the last one that was called. */
export function topOf<F>({ stack }: { readonly stack: readonly F[] }): F | undefined {
  return stack.at(-1);
}
