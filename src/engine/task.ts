import type { FlowEvent, Vars, Why } from '../contract/index.js';
import type { LiveDialogFrame, LiveFlowFrame, LiveRun } from './live-run.js';

/** Something that is left to do in a turn, as data. Only `perform` in advance.ts acts on it. */
export type Task = ContinueTask | ResumeTask | DialogTask | ComeBackTask | RepeatQuestionTask | StartNextTask;

/** Enter the node on top of the run's stack; call the dialog if there is one instead. */
interface ContinueTask {
  readonly kind: 'continue';
  readonly run: LiveRun;
}

/** Give an event to the node at which a frame waits. */
export interface ResumeTask {
  readonly kind: 'resume';
  readonly run: LiveRun;
  readonly frame: LiveFlowFrame;
  readonly event: FlowEvent | Returned;
  /** Counts towards the flow's `maxSteps`: the event came out of the turn itself, so the node could go round for ever. */
  readonly isStep?: true;
}

/** The flow or dialog on top of a frame has ended, or has failed. */
export type Returned = { readonly type: 'returned' } & ({ readonly outputs: Vars } | { readonly why: Why });

/** Begin or continue a guest dialog. The turn pauses until its host has answered. */
export interface DialogTask {
  readonly kind: 'callDialog';
  readonly run: LiveRun;
  readonly frame: LiveDialogFrame;
  readonly event: FlowEvent;
  /** The outputs of the flow that the dialog has begun, which is over. */
  readonly returned?: Vars;
}

/** Let a run that was set aside go on. */
interface ComeBackTask {
  readonly kind: 'comeBack';
  readonly run: LiveRun;
}

/** Repeat the run's open question if it waits for a message and nothing was sent since. */
export interface RepeatQuestionTask {
  readonly kind: 'repeatQuestion';
  readonly run: LiveRun;
  /** How many effects the turn had when the run came back. */
  readonly effectsBefore: number;
}

/** Start or take whatever has waited for the foreground to be free. */
interface StartNextTask {
  readonly kind: 'startNext';
}
