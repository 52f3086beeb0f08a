import { randomBytes } from 'node:crypto';
import mongoose from 'mongoose';
import type { ModelServer } from '../src/testing/index.js';
import { BURST, flowWithTemplate } from './burst.js';
import { ACCOUNT, BOT, CHANNELS, type Provider } from './provider.js';
import { TOLD } from './served-flow.js';
import { flowOf, MANNERS } from './talk.js';

/** Calls a host's API. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** The admin key of all hosts. */
export const KEY = 'chaos-key-0123456789';

/** How long hosts take to notice a publish, in milliseconds: one second, or longer if they are busy. */
const LEARNING = 3_000;

/** Creates a channel for each emulator, and publishes the flows on them. Resolves when all hosts know them. */
export async function setUp(
  ask: Ask,
  how: { readonly provider: Pick<Provider, 'urls'>; readonly model: Pick<ModelServer, 'baseUrl'> },
): Promise<void> {
  const { provider, model } = how;
  const accounts = { whatsapp: ACCOUNT, viber: BOT };
  for (const side of ['whatsapp', 'viber'] as const) {
    const config = { ...accounts[side], baseUrl: provider.urls[side], throughput: 0 };
    await ask('POST', '/api/channels', { id: CHANNELS[side], adapter: side, name: 'Chaos', config });
  }
  const started = [BURST, flowWithTemplate(TOLD)];
  for (const flow of [...started, ...MANNERS.map((manner) => flowOf(manner, model))]) {
    await ask('POST', '/api/flows', flow);
    const channels = started.includes(flow) ? [CHANNELS.whatsapp] : Object.values(CHANNELS);
    await ask('PUT', `/api/flows/${flow.code}/channels`, { channels });
    await ask('POST', `/api/flows/${flow.code}/publish`, {});
  }
  await new Promise((done) => setTimeout(done, LEARNING));
}

/** Creates a function that calls the API of the first host. */
export function asker(urls: readonly string[]): Ask {
  return async (method, path, body) => {
    const answer = await fetch(`${urls[0]}${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

/** Returns true if the host has counted its waiting sends since a time (in milliseconds), and there were none. It counts every ten seconds. */
export async function isAllSent(url: string, since: number): Promise<boolean> {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${KEY}` } });
  const figures = [...(await answer.text()).matchAll(/^(parley_outbox_depth|parley_census_age_seconds)\S* (\S+)$/gm)];
  const [age] = figures.flatMap(([, name, value]) => (name === 'parley_census_age_seconds' ? [Number(value) * 1_000] : []));
  if (age === undefined || Date.now() - age < since) return false;
  return figures.every(([, name, value]) => name === 'parley_census_age_seconds' || Number(value) === 0);
}

/** Returns the connection string with `_chaos…` after the database name. Not by `URL`: the string of a replica set has several hosts. */
export function databaseOfItsOwn(url: string): string {
  const [, server = url, name, rest = ''] = /^([a-z+]+:\/\/[^/?]+)(?:\/([^?]*))?(.*)$/.exec(url) ?? [];
  return `${server}/${name || 'parley'}_chaos${randomBytes(4).toString('hex')}${rest}`;
}

export async function dropDatabase(url: string): Promise<void> {
  const connection = await mongoose.createConnection(url, { autoCreate: false }).asPromise();
  await connection.dropDatabase();
  await connection.close();
}
