import type { SessionView } from '../../contract/store/index.js';
import { readState } from '../read-stored.js';
import type { SessionDocument } from './session-document.js';

/** The fields that `viewOf` reads. */
export const VIEWED = { state: 1, status: 1, queue: 1, updatedAt: 1 } as const;

export function viewOf({
  state,
  status,
  queue,
  updatedAt,
}: Pick<SessionDocument, 'state' | 'status' | 'queue' | 'updatedAt'>): SessionView {
  return { state: readState(state), status: queue === undefined ? status : 'operator', updatedAt };
}
