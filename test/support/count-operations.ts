import mongoose from 'mongoose';

/** The operations that this process has sent to MongoDB since `countOperations`, by command and collection: `insert sessions`. */
export interface Operations {
  readonly counts: ReadonlyMap<string, number>;
  total(): number;
  reset(): void;
  /** Stops counting. */
  stop(): void;
}

/** Counts the operations of connections that are opened from now on. */
export function countOperations(): Operations {
  const counts = new Map<string, number>();
  const { createConnection } = mongoose;
  const original = createConnection.bind(mongoose) as (url: string, options: object) => mongoose.Connection;
  mongoose.createConnection = ((url: string, options: object = {}) => {
    const connection = original(url, { ...options, monitorCommands: true });
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      const name = `${commandName} ${command[commandName]}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    });
    return connection;
  }) as never;
  return {
    counts,
    total: () => [...counts.values()].reduce((sum, one) => sum + one, 0),
    reset: () => counts.clear(),
    stop() {
      mongoose.createConnection = createConnection;
    },
  };
}
