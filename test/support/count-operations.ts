import mongoose from 'mongoose';

/** An operation that this process has sent to MongoDB. */
export interface Operation {
  /** `find`, `insert`, … */
  readonly name: string;
  readonly command: mongoose.mongo.Document;
}

export interface Operations {
  /** Those since `countOperations` or the last `reset`. */
  readonly all: readonly Operation[];
  reset(): void;
  /** Counts no connections that are opened from now on. */
  stop(): void;
}

/** Notes the operations of connections that are opened from now on. */
export function countOperations(): Operations {
  const all: Operation[] = [];
  const { createConnection } = mongoose;
  const create = createConnection.bind(mongoose) as (url: string, options: object) => mongoose.Connection;
  mongoose.createConnection = ((url: string, options: object = {}) => {
    const connection = create(url, { ...options, monitorCommands: true });
    connection.getClient().on('commandStarted', ({ commandName: name, command }) => void all.push({ name, command }));
    return connection;
  }) as never;
  return {
    all,
    reset() {
      all.length = 0;
    },
    stop() {
      mongoose.createConnection = createConnection;
    },
  };
}
