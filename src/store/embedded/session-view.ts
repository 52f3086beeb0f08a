import type { SessionView } from '../../contract/store/index.js';
import { readState } from '../read-stored.js';
import type { Row } from './sql-values.js';

/** Reads the columns `state`, `status`, `queue` and `updated_at`. */
export function viewOf(row: Row): SessionView {
  return {
    state: readState(String(row['state'])),
    status: row['queue'] !== null ? 'operator' : row['status'] === 'waiting' ? 'waiting' : 'idle',
    updatedAt: String(row['updated_at']),
  };
}
