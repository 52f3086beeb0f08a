import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import { type Log, OperationalError } from '../../contract/host/index.js';

/** How long the driver looks for a server before the store counts as away, in milliseconds. */
const SERVER_SELECTION = 3_000;

/** How often the driver asks its server whether it is there, and how long it waits for the answer, in milliseconds. */
const HEARTBEAT = 5_000;

/** Opens a connection of its own, so that two stores can live in one process. */
export async function connect(url: string, log: Log): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: SERVER_SELECTION,
    heartbeatFrequencyMS: HEARTBEAT,
    connectTimeoutMS: HEARTBEAT,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true },
  });
  // The driver reconnects by itself. Until then, every operation rejects with `store/away`.
  connection.on('error', (error: Error) => log.warn({ error: error.message }, 'the connection to MongoDB has a problem'));
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => {});
    throw new OperationalError('store/away', 'MongoDB cannot be reached', error);
  }
  return connection;
}

/** Returns a model that stores documents as they are given: it drops nothing, adds nothing, and refuses fields that it does not know. */
export function modelOf<T>(connection: Connection, name: string, members: Readonly<Record<string, unknown>>): Model<T> {
  const schema = new Schema(
    { _id: { type: String, required: true }, ...members } as never,
    {
      minimize: false,
      versionKey: false,
      strict: 'throw',
      strictQuery: 'throw',
      collection: name,
    } as never,
  );
  return connection.model(name, schema) as never as Model<T>;
}

/** Runs an operation; whatever goes wrong in it rejects with `store/away`. */
export async function orAway<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw away(error);
  }
}

/** In each round somebody succeeds, so two hosts that write to one session need few. */
const MAX_ROUNDS = 30;

/**
 * Repeats a round of read, plan and guarded write until it returns a value. Undefined means that somebody else wrote meanwhile. An error
 * of the server, too, means to read and decide again.
 *
 * @throws OperationalError `store/away` if the connection fails, `store/contended` if no round succeeds.
 */
export async function untilDecided<T>(round: () => Promise<{ readonly value: T } | undefined>): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt < MAX_ROUNDS; attempt += 1) {
    try {
      const decided = await round();
      if (decided) return decided.value;
    } catch (error) {
      if (!isServerError(error)) throw away(error);
      last = error;
    }
    if (attempt > 2) await new Promise((done) => setTimeout(done, Math.random() * 10 * attempt));
  }
  throw new OperationalError('store/contended', `a write was not accepted in ${MAX_ROUNDS} attempts`, last);
}

/**
 * Returns items sorted by id. Operations that write several documents write them in this order: a server may lock each of them until the end
 * of the operation (FerretDB does), and two hosts with different orders would wait for each other.
 */
export function inOrder<T>(items: readonly T[], idOf: (item: T) => string): readonly T[] {
  return [...items].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));
}

/** Rejects with `store/away` if the server does not answer within the time that the driver looks for one. */
export async function ping(connection: Connection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OperationalError('store/away', 'MongoDB does not answer')), SERVER_SELECTION);
  });
  try {
    await Promise.race([orAway(async () => connection.db?.command({ ping: 1 })), late]);
  } finally {
    clearTimeout(timer);
  }
}

function away(error: unknown): OperationalError {
  return error instanceof OperationalError ? error : new OperationalError('store/away', 'MongoDB cannot be reached', error);
}

/** Returns true if the server refused an operation, as opposed to a connection that is gone. */
export function isServerError(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError;
}
