import type { Refusal } from '../contract/host/index.js';
import type { Change } from './change.js';

/**
 * The outcome of an operation.
 *
 * Operations are what operators and other systems can ask of Parley: publish a flow, start it with a person, end a session. Each one is
 * a function `(parts, caller, input) => Promise<Outcome>` in this folder and knows nothing of the way the request came in. The HTTP API
 * calls them, and whatever else takes requests (a console, RPC, MCP, campaigns, importers) calls the same functions, in four steps:
 *
 * 1. Find out who calls, check that their role may do this (`rolesFor`), and check the form of the input.
 * 2. Call the operation with the parts that it names, and nothing else.
 * 3. Pass on a refusal. `REFUSALS` has a status and words for each code.
 * 4. Store `changed` in the audit log, then answer with `done`.
 *
 * The caller of a campaign or an importer is the key or the operator that has set it up, so that the audit log names them.
 *
 * An operation throws only what the caller cannot help: an `OperationalError` if the store cannot be reached, or a bug.
 *
 * @example
 * const outcome = await publishFlow(parts, caller, { code: 'welcome', sessions: 'keep' });
 * if (isRefused(outcome)) return say(outcome.detail ?? REFUSALS[outcome.refused].words);
 * await recordChange(parts, caller, outcome.changed);
 * say(`version ${outcome.done.version} is ONLINE`);
 */
export type Outcome<T> = Done<T> | Refusal;

export interface Done<T> {
  /** The answer, as the API shows it. */
  readonly done: T;
  /** For the audit log; absent if nothing has changed. */
  readonly changed?: Change;
}
