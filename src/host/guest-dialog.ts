import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { DialogState } from 'botbuilder-dialogs/lib/dialogContext.js';
import { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
import type { ChannelLimits, Clock, Json } from '../contract/index.js';
import type { GuestCall, GuestResult } from '../engine/turn-input.js';
import { decisionContextOf, type RunningGuest, type Sink } from './decision-context.js';
import type { DialogRegistry } from './dialog-registry.js';
import { FlowDialog } from './flow-dialog.js';

export interface GuestHost {
  readonly registry: DialogRegistry;
  /** The context of the event that the dialog is called for. */
  readonly context: TurnContext;
  /** Of the channel that the dialog sends to. */
  readonly limits: ChannelLimits;
  /** Without a clock, a dialog may take any time. */
  readonly clock?: Clock;
  /** Called with what a dialog has thrown. Only the error's message becomes part of the turn. */
  readonly logError: (error: unknown) => void;
}

/** How long a dialog may take for one message, in milliseconds: meanwhile the person's next messages and the provider wait. */
const MAX_DURATION = 10_000;

/** Begins or continues a guest dialog with a copy of its stored stack. Never rejects: a dialog that throws or takes too long has failed. */
export async function runGuest(host: GuestHost, call: GuestCall): Promise<GuestResult> {
  const { context, limits } = host;
  const decision = decisionContextOf(context);
  const outer = { sink: decision.sink, guest: decision.guest };
  const sink: Sink = { limits, messages: [] };
  const guest: RunningGuest = call.returned ? { returned: call.returned } : {};
  Object.assign(decision, { sink, guest });
  const { messages: sends } = sink;
  try {
    return { sends, then: await callDialog(host, call, guest) };
  } catch (error) {
    host.logError(error);
    return { sends, then: { fail: error instanceof Error ? error.message : String(error) } };
  } finally {
    Object.assign(decision, outer);
  }
}

async function callDialog({ registry, context, clock }: GuestHost, call: GuestCall, guest: RunningGuest): Promise<GuestResult['then']> {
  const state: DialogState = call.dialogs === undefined ? { dialogStack: [] } : (JSON.parse(JSON.stringify(call.dialogs)) as DialogState);
  const dialog = await new GuestDialogs(registry, state).createContext(context);
  const taken = call.dialogs === undefined ? dialog.beginDialog(call.dialog, structuredClone(call.input)) : dialog.continueDialog();
  const { status, result } = await (clock ? inTime(taken, clock) : taken);
  // Compared as a text: importing the enum would load the whole package.
  const end: string = status;
  if (end === 'cancelled') return { fail: `the dialog "${call.dialog}" was cancelled` };
  if (end !== 'waiting') return { complete: asJson(result) };
  return { waiting: asJson(state), ...(guest.begin ? { begin: guest.begin } : {}) };
}

/** The dialogs that a guest dialog can begin: those written in TypeScript, and every published flow by its code. */
class GuestDialogs extends DialogSet {
  readonly #registry: DialogRegistry;

  constructor(registry: DialogRegistry, state: DialogState) {
    super(accessorOf(state));
    this.#registry = registry;
    for (const guest of registry.guests.values()) this.add(guest);
  }

  override find(id: string): Dialog | undefined {
    const own = super.find(id);
    if (own) return own;
    const program = this.#registry.findFlow(id);
    return program && new FlowDialog(program);
  }
}

async function inTime<T>(taken: Promise<T>, clock: Clock): Promise<T> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(MAX_DURATION, () => reject(new Error(`a dialog may take ${MAX_DURATION / 1_000} seconds for one message`)));
  });
  try {
    return await Promise.race([taken, late]);
  } finally {
    cancel();
  }
}

/** Not a BotState: that writes with eTag `*`, so two messages of one person at once would overwrite each other. */
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
