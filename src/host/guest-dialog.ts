import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs/lib/dialogContext.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import type { Clock, Json, OutboundMessage } from '../contract/index.js';
import type { GuestCall, GuestResult } from '../engine/turn-input.js';
import { decisionContextOf } from './decision-context.js';
import type { DialogRegistry } from './dialog-registry.js';

export interface GuestHost {
  readonly registry: DialogRegistry;
  readonly context: TurnContext;
  /** Where there is one, a dialog that takes too long has failed. */
  readonly clock?: Clock;
  /** Told of a throw, whose message alone comes into the turn. */
  readonly threw: (error: unknown) => void;
}

/** A person's messages queue up behind a dialog, and the provider waits for its answer; in milliseconds. */
const LONGEST = 10_000;

/**
 * Begins or continues a dialog written in TypeScript, its stack read from its frame as a copy. Total: a throw is a failed dialog, and
 * so is one that does not come to an end.
 */
export async function runGuest({ registry, context, clock, threw }: GuestHost, call: GuestCall): Promise<GuestResult> {
  const sends: OutboundMessage[] = [];
  const decision = decisionContextOf(context);
  const outer = decision.sink;
  decision.sink = sends;
  try {
    if (!registry.guests.has(call.dialog)) return { sends, then: { fail: `there is no dialog "${call.dialog}"` } };
    const state: DialogState = call.dialogs === undefined ? { dialogStack: [] } : (JSON.parse(JSON.stringify(call.dialogs)) as DialogState);
    const dialogs = new DialogSet(accessorOf(state));
    for (const guest of registry.guests.values()) dialogs.add(guest);
    const dialog = await dialogs.createContext(context);
    const taken = call.dialogs === undefined ? dialog.beginDialog(call.dialog, structuredClone(call.input)) : dialog.continueDialog();
    const { status, result } = await (clock ? inTime(taken, clock) : taken);
    // The enum's own file would bring the index of the whole package along.
    const end: string = status;
    if (end === 'cancelled') return { sends, then: { fail: `the dialog "${call.dialog}" was cancelled` } };
    return { sends, then: end === 'waiting' ? { waiting: asJson(state) } : { complete: asJson(result) } };
  } catch (error) {
    threw(error);
    return { sends, then: { fail: error instanceof Error ? error.message : String(error) } };
  } finally {
    decision.sink = outer;
  }
}

async function inTime<T>(taken: Promise<T>, clock: Clock): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(LONGEST, () => reject(new Error(`a dialog may take ${LONGEST / 1_000} seconds for one message`)));
  });
  try {
    return await Promise.race([taken, late]);
  } finally {
    cancel();
  }
}

/** No BotState: it writes with eTag `*`, and loses what two messages of one person do at once. */
function accessorOf(state: DialogState): StatePropertyAccessor<DialogState> {
  return {
    get: () => Promise.resolve(state),
    set: () => Promise.resolve(),
    delete: () => Promise.resolve(),
  } as StatePropertyAccessor<DialogState>;
}

function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
