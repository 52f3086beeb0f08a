import type { Middleware, MiddlewareHandler } from 'botbuilder';
import type { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
import type { Decision, Log } from '../contract/host/index.js';
import type { Clock, FlowEvent } from '../contract/index.js';
import { advance } from '../engine/advance.js';
import type { Decide, TurnInput, TurnProgress } from '../engine/turn-input.js';
import { decisionContextOf } from './decision-context.js';
import { createDialogRegistry, type DialogRegistry } from './dialog-registry.js';
import type { HostAdapter } from './host-adapter.js';
import { failUnknownDialogs, finishTurn } from './turn-progress.js';

/** The Bot Framework side of Parley. It loads botbuilder only for middleware and guest dialogs, because that takes half a second and 50 MB. */
export interface BotHost {
  readonly decide: Decide;
  readonly registry: DialogRegistry;
  /** Adds botbuilder middleware around decisions. What it sends is stored with the turn. */
  use(middleware: Middleware | MiddlewareHandler, options?: MiddlewareOptions): void;
  readonly dialogs: { add(dialog: Dialog): void };
  /** Loads botbuilder if something was added that needs it. What is added later is loaded by the first turn that needs it. */
  ready(): Promise<void>;
}

export interface MiddlewareOptions {
  /** The types of events that the middleware sees; by default all. Turns that no middleware sees are faster: they need no TurnContext. */
  readonly events?: readonly FlowEvent['type'][];
}

export interface BotHostParts {
  readonly log: Log;
  /** Without a clock, a dialog may take any time. */
  readonly clock?: Clock;
}

export function createBotHost(parts: BotHostParts): BotHost {
  const registry = createDialogRegistry();
  const middleware: MiddlewareHandler[] = [];
  const observed = new Set<FlowEvent['type'] | 'all'>();
  let adapter: HostAdapter | undefined;
  const load = async () => {
    const loaded = await import('./host-adapter.js');
    adapter ??= new loaded.HostAdapter({ ...parts, registry, middleware });
    return adapter;
  };
  const decideInContext = (input: TurnInput, begun?: TurnProgress): Promise<Decision> =>
    adapter ? adapter.decide(input, begun) : load().then((loaded) => loaded.decide(input, begun));
  return {
    registry,
    /** A TurnContext is made only for middleware and guest dialogs, because it takes as long as the turn itself. */
    decide(input) {
      if (observed.has('all') || observed.has(input.event.type)) return decideInContext(input);
      const progress = failUnknownDialogs(advance(input), registry);
      return 'done' in progress ? finishTurn(progress, parts.log) : decideInContext(input, progress);
    },
    use(added, { events } = {}) {
      for (const type of events ?? (['all'] as const)) observed.add(type);
      const handler = handlerOf(added, events);
      middleware.push(handler);
      adapter?.use(handler);
    },
    dialogs: { add: (dialog) => registry.addGuest(dialog) },
    async ready() {
      if (middleware.length > 0 || registry.guests.size > 0) await load();
    },
  };
}

/** Returns middleware as a function, which is skipped for other types of events. */
function handlerOf(middleware: Middleware | MiddlewareHandler, events: MiddlewareOptions['events']): MiddlewareHandler {
  const handler: MiddlewareHandler = typeof middleware === 'function' ? middleware : (context, next) => middleware.onTurn(context, next);
  if (!events) return handler;
  return (context, next) => (events.includes(decisionContextOf(context).event.type) ? handler(context, next) : next());
}
