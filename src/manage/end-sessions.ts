import type { Log, TakeTurn } from '../contract/host/index.js';
import type { Clock, FlowCode, Vars } from '../contract/index.js';
import type { Store } from '../contract/store/index.js';

const PAGE = 200;

/** Which runs to end, and how. */
export interface EndRequest {
  readonly flow: FlowCode;
  /** Only runs on versions below this one. */
  readonly below?: number;
  /** A last message to each person. */
  readonly message?: string;
  /** Who or what ends them, for the log of turns. */
  readonly by: string;
}

/** Ends runs in batches, and returns in how many sessions it has done so. A session that cannot be ended is logged, and does not hold up the others. */
export async function endSessions(
  parts: { readonly store: Pick<Store, 'sessions'>; readonly takeTurn: TakeTurn; readonly clock: Clock; readonly log: Log },
  { by, ...args }: EndRequest,
): Promise<number> {
  const { flow } = args;
  const at = parts.clock.now();
  let ended = 0;
  let after: string | undefined;
  for (;;) {
    const page = await parts.store.sessions.list({ flow, limit: PAGE, ...(after === undefined ? {} : { after }) });
    await Promise.all(
      page.map(async ({ state }) => {
        try {
          const outcome = await parts.takeTurn(state.id, {
            id: `end:${flow}:${at}`,
            at,
            type: 'command',
            command: 'end',
            args: args as unknown as Vars,
            by,
          });
          if (outcome.kind === 'taken' && outcome.decision.decision.kind === 'commanded') ended += 1;
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
