import type { Request } from 'express';
import { type StoredFlow, UserError } from '../contract/index.js';
import type { HttpParts } from './parts.js';
import { nameIn } from './requests.js';

/** The flow that the path names. */
export async function knownFlow({ store }: HttpParts, request: Request): Promise<StoredFlow> {
  const code = nameIn(request, 'code');
  const flow = await store.flows.get(code);
  if (!flow) throw new UserError(404, 'flow/unknown', `There is no flow "${code}".`);
  return flow;
}
