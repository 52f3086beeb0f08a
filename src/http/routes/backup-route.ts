import { UserError } from '../../contract/index.js';
import { fetchBackup } from '../fetched-backup.js';
import type { HttpParts } from '../parts.js';
import { defineRoute, type Route } from '../route.js';

const SQLITE = 'application/vnd.sqlite3';

/** A copy of the embedded store while it is written. */
export function backupRoute({ store, scratch }: HttpParts): readonly Route[] {
  return [
    defineRoute({
      tag: 'Operations',
      method: 'post',
      path: '/backup',
      role: 'admin',
      summary: 'Copy the embedded store while the host goes on',
      description: 'The file as bytes: the store of one moment, with everything in it, secrets of channels too. MongoDB has mongodump.',
      answers: { 200: SQLITE },
      refuses: { 409: ['backup/not-embedded', 'backup/refused'] },
      action: 'store.backup',
      async handle() {
        if (!store.backup || scratch === undefined)
          throw new UserError(409, 'backup/not-embedded', 'Only the embedded store, in a file, is copied by its host.');
        const { size, from } = await fetchBackup(store.backup, scratch);
        return {
          headers: { 'Content-Length': String(size) },
          bytes: { type: SQLITE, from, done: async () => void from.destroy() },
          changed: { target: 'store', after: { bytes: size } },
        };
      },
    }),
  ];
}
