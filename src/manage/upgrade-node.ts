import type { NodeTypes } from '../flow/program.js';
import { upgraded, type VersionedParams } from '../flow/upgrade.js';
import type { Caller } from './caller.js';
import type { Outcome } from './outcome.js';

/** Returns the params of a node as the newest version of its type has them. Changes nothing: whoever edits the flow saves them. */
export async function upgradeNode(
  { nodeTypes }: { readonly nodeTypes: NodeTypes },
  _caller: Caller,
  { type, ...from }: VersionedParams & { readonly type: string },
): Promise<Outcome<VersionedParams>> {
  const done = upgraded(type, from, nodeTypes);
  return done
    ? { done }
    : { refused: 'node-type/unknown', detail: `There is no way from version ${from.version} of "${type}" to the newest.` };
}
