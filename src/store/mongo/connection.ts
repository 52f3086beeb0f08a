import mongoose, { type Connection, type Model, Schema } from 'mongoose';
import { type Log, OperationalError } from '../../contract/index.js';

/** How long the driver looks for a server before the store counts as away, in milliseconds. */
const LOOKING = 3_000;

/** How often the driver asks its server whether it is there, and for how long it waits for an answer before it gives up a connection. */
const ASKING = 5_000;

/** A connection of this store's own: two stores may live in one process. */
export async function connect(url: string, log: Log): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    autoIndex: false,
    autoCreate: false,
    serverSelectionTimeoutMS: LOOKING,
    heartbeatFrequencyMS: ASKING,
    connectTimeoutMS: ASKING,
    maxPoolSize: 50,
    writeConcern: { w: 'majority', journal: true },
  });
  // The driver finds its server again by itself; what asks meanwhile is answered that the store is away.
  connection.on('error', (error: Error) => log.warn({ error: error.message }, 'the connection to MongoDB has a problem'));
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.destroy().catch(() => {});
    throw new OperationalError('store/away', 'MongoDB cannot be reached', error);
  }
  return connection;
}

/** A kind of document with texts of ours in it: nothing is dropped, nothing added, and what the schema does not know is refused. */
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

/** Another one was first: a unique key is taken. */
export function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11_000;
}

/** Of many inserts some were there already, and nothing else was wrong with any. */
export function areTaken(error: unknown): boolean {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) return isTaken(error);
  return [error.writeErrors].flat().every(({ code }) => code === 11_000) && error.result.getWriteConcernError() === undefined;
}

/** Each round somebody gets through; two hosts that write to one person need few. */
const MOST_TRIES = 30;

/**
 * Runs a round of read, plan, guarded write until it says something. `undefined` means that somebody else was faster; an error of the
 * server means to read and decide again. What stays wrong is the store's being away.
 */
export async function untilDecided<T>(round: () => Promise<{ readonly value: T } | undefined>): Promise<T> {
  let last: unknown;
  for (let attempt = 0; attempt < MOST_TRIES; attempt += 1) {
    try {
      const decided = await round();
      if (decided) return decided.value;
    } catch (error) {
      if (error instanceof OperationalError) throw error;
      if (!isServerError(error)) throw away(error);
      last = error;
    }
    if (attempt > 2) await new Promise((done) => setTimeout(done, Math.random() * 10 * attempt));
  }
  throw new OperationalError('store/contended', `a write was not taken in ${MOST_TRIES} tries`, last);
}

/** Asks for a sign of life; no answer within the time that the driver looks for a server is one, too: the store is away. */
export async function ping(connection: Connection): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OperationalError('store/away', 'MongoDB does not answer')), LOOKING);
  });
  try {
    await Promise.race([reading(async () => connection.db?.command({ ping: 1 })), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Reads; whatever goes wrong is the store's being away. */
export async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw away(error);
  }
}

function away(error: unknown): OperationalError {
  return error instanceof OperationalError ? error : new OperationalError('store/away', 'MongoDB cannot be reached', error);
}

/** The server has answered, and it was no: as opposed to a connection that is gone. */
function isServerError(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError;
}
