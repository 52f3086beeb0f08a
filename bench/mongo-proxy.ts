import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { MONGODB_URL } from './mongo.js';

/** A door to the server of MONGODB_URL that counts the operations that pass. */
export interface CountingProxy {
  /** Returns the same database behind this door. */
  through(url: string): string;
  /** Returns the number of operations so far. */
  operations(): number;
  close(): void;
}

/** Bytes before the name of a command: header, flags, kind of section, length of the document, type of its first member. */
const HEADER = 16;
const COMMAND_AT = HEADER + 4 + 1 + 4 + 1;
const OP_MSG = 2013;
/** Commands by which a driver looks after its connections. */
const UPKEEP = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions']);

/** Starts a proxy that reads MongoDB's wire protocol. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol */
export async function countingProxy(): Promise<CountingProxy> {
  const [, host = '127.0.0.1', port = '27017'] = /^mongodb:\/\/(?:[^@/]*@)?([^:/,]+)(?::(\d+))?/.exec(MONGODB_URL) ?? [];
  const sockets = new Set<Socket>();
  let operations = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    const count = operationCounter(() => {
      operations += 1;
    });
    client.on('data', count);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
      socket.on('close', () => sockets.delete(socket));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    through: (url) => {
      const moved = url.replace(/(\/\/(?:[^@/]*@)?)[^/?]+/, `$1${own}`);
      return `${moved}${moved.includes('?') ? '&' : '?'}directConnection=true`;
    },
    operations: () => operations,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Returns a function that takes what a client sends, in pieces, and calls `counted` for each command. */
function operationCounter(counted: () => void): (part: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    while (rest.length >= HEADER) {
      const length = rest.readInt32LE(0);
      if (rest.length < length) return;
      if (rest.readInt32LE(12) === OP_MSG) {
        const name = rest.toString('latin1', COMMAND_AT, rest.indexOf(0, COMMAND_AT));
        if (!UPKEEP.has(name)) counted();
      }
      rest = rest.subarray(length);
    }
  };
}
