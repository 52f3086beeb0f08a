import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../contract/index.js';
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
        const folder = await mkdtemp(join(scratch, 'backup-'));
        const done = () => rm(folder, { recursive: true, force: true });
        try {
          const file = join(folder, 'parley.db');
          const copied = await store.backup(file);
          if (copied.kind === 'refused') throw new UserError(409, 'backup/refused', `There is no backup: ${copied.reason}.`);
          const { size } = await stat(file);
          return {
            headers: { 'Content-Length': String(size) },
            bytes: { type: SQLITE, from: createReadStream(file), done },
            changed: { target: 'store', after: { bytes: size } },
          };
        } catch (error) {
          await done();
          throw error;
        }
      },
    }),
  ];
}
