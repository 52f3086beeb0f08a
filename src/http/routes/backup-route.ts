import { isRefused } from '../../contract/host/index.js';
import { type BackupParts, copyStore } from '../../manage/backup.js';
import { defineRoute, type Route } from '../route.js';

const SQLITE = 'application/vnd.sqlite3';

/** Backups of the embedded store. */
export function backupRoute(parts: BackupParts): readonly Route[] {
  return [
    defineRoute({
      tag: 'Operations',
      method: 'post',
      path: '/backup',
      role: 'admin',
      summary: 'Copy the embedded store',
      description:
        'Answers the SQLite file, a snapshot of the store that includes the secrets of channels. The host goes on meanwhile. For MongoDB use mongodump.',
      answers: { 200: SQLITE },
      refuses: ['backup/not-embedded', 'backup/refused'],
      action: 'store.backup',
      async handle({ caller }) {
        const outcome = await copyStore(parts, caller);
        if (isRefused(outcome)) return outcome;
        const { done, changed } = outcome;
        return {
          headers: { 'Content-Length': String(done.size) },
          bytes: { type: SQLITE, from: done.from, done: async () => void done.from.destroy() },
          ...(changed ? { changed } : {}),
        };
      },
    }),
  ];
}
