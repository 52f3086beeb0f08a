import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { Ask } from './evidence.js';
import { ACCOUNT, BOT, CHANNELS, type Provider } from './provider.js';
import { flowOf, MANNERS } from './talk.js';

/** The admin's key of all hosts. */
export const KEY = 'chaos-key-0123456789';

/** A channel at each emulator and both flows ONLINE on both, made through the API as anybody would. */
export async function setUp(ask: Ask, { urls }: Pick<Provider, 'urls'>): Promise<void> {
  const accounts = { whatsapp: ACCOUNT, viber: BOT };
  for (const side of ['whatsapp', 'viber'] as const) {
    const config = { ...accounts[side], baseUrl: urls[side], throughput: 0 };
    await ask('POST', '/api/channels', { id: CHANNELS[side], adapter: side, name: 'Chaos', config });
  }
  for (const flow of MANNERS.map(flowOf)) {
    await ask('POST', '/api/flows', flow);
    await ask('PUT', `/api/flows/${flow.code}/channels`, { channels: Object.values(CHANNELS) });
    await ask('POST', `/api/flows/${flow.code}/publish`, {});
  }
}

/** Asks the API of the first of these hosts. */
export function asker(urls: readonly string[]): Ask {
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${urls[0]}${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

/** The database that was named with `_chaos…` behind its name. By hand: a replica set's address, with several hosts, is no URL. */
export function databaseOfItsOwn(url: string): string {
  const [, server = url, name, rest = ''] = /^([a-z+]+:\/\/[^/?]+)(?:\/([^?]*))?(.*)$/.exec(url) ?? [];
  return `${server}/${name || 'parley'}_chaos${randomBytes(4).toString('hex')}${rest}`;
}

export async function dropDatabase(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { autoCreate: false }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
