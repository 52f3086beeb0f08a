import type { Clock, FlowCode, Log, Store } from '../contract/index.js';
import type { TakeTurn } from './take-turn.js';

const PAGE = 200;

/**
 * Ends every run that stands in a flow, with a last message if one is given; answers how many sessions were ended. One that cannot be
 * ended is logged and does not hold up the others.
 */
export async function endSessions(
  parts: { readonly store: Store; readonly takeTurn: TakeTurn; readonly clock: Clock; readonly log: Log },
  flow: FlowCode,
  message?: string,
): Promise<number> {
  const at = parts.clock.now();
  let ended = 0;
  let after: string | undefined;
  for (;;) {
    const page = await parts.store.sessions.list({ flow, limit: PAGE, ...(after === undefined ? {} : { after }) });
    await Promise.all(
      page.map(async ({ state }) => {
        const args = message === undefined ? { flow } : { flow, message };
        try {
          await parts.takeTurn(state.id, { id: `end:${flow}:${at}`, at, type: 'command', command: 'end', args, by: 'offline' });
          ended += 1;
        } catch (error) {
          parts.log.warn(
            { session: state.id, flow, error: error instanceof Error ? error.message : String(error) },
            'a session could not be ended',
          );
        }
      }),
    );
    after = page.at(-1)?.state.id;
    if (page.length < PAGE) return ended;
  }
}
