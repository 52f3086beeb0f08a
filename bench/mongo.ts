import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';

/** Returns the URL of a database for the bench, on the server of MONGODB_URL; '' if that is not set. */
export interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

export const MONGODB_URL = process.env['MONGODB_URL'] ?? '';

export function ownDatabase(): OwnDatabase {
  const url = MONGODB_URL.replace(/\/[^/?]*(\?|$)/, `/parley_bench_${randomBytes(6).toString('hex')}$1`);
  return {
    url,
    async drop() {
      const connection = await mongoose.createConnection(url).asPromise();
      await connection.dropDatabase();
      await connection.close();
    },
  };
}
