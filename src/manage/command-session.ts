import type { Clock, FlowEvent, Vars } from '../contract/index.js';
import type { TakeTurn, TurnOutcome } from '../contract/take-turn.js';
import { newCommandId } from '../people/new-id.js';

/** What an operator wishes of a session, as a turn of it. */
export interface Command {
  readonly command: Extract<FlowEvent, { type: 'command' }>['command'];
  readonly args: Vars;
  readonly by: string;
}

export function commandSession(
  { takeTurn, clock }: { readonly takeTurn: TakeTurn; readonly clock: Clock },
  session: string,
  command: Command,
): Promise<TurnOutcome> {
  const at = clock.now();
  return takeTurn(session, { id: newCommandId(at), at, type: 'command', ...command });
}
