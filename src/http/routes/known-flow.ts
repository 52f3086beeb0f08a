import { type StoredFlow, UserError } from '../../contract/index.js';
import type { HttpParts } from '../parts.js';
import type { Call } from '../route.js';

/** The flow that the path names. */
export async function knownFlow({ store }: Pick<HttpParts, 'store'>, call: Call): Promise<StoredFlow> {
  const code = call.name('code');
  const flow = await store.flows.get(code);
  if (!flow) throw new UserError(404, 'flow/unknown', `There is no flow "${code}".`);
  return flow;
}
