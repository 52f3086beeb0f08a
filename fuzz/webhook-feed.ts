import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import type { Json } from '../src/contract/index.js';
import { type Damage, damaged, damages } from './damage.js';
import type { Feed } from './feed.js';
import { startFuzzHost, VIBER, WHATSAPP } from './host.js';
import { deliveries } from './samples.js';

/** A change to the bytes of a webhook request. */
type ByteDamage =
  | { readonly do: 'cut' | 'flip'; readonly at: number; readonly by: number }
  | { readonly do: 'insert'; readonly at: number; readonly bytes: readonly number[] }
  | { readonly do: 'brackets'; readonly at: number; readonly by: number };

interface WebhookInput {
  readonly adapter: 'whatsapp' | 'viber';
  readonly sample: number;
  /** Makes ids that were never used before, because repeated messages are ignored. */
  readonly fresh: number;
  readonly damages: readonly Damage[];
  readonly bytes: readonly ByteDamage[];
}

const at = fc.nat(1_000_000);
const byteDamage: fc.Arbitrary<ByteDamage> = fc.oneof(
  fc.record({ do: fc.constantFrom('cut' as const, 'flip' as const), at, by: fc.nat(255) }),
  fc.record({ do: fc.constant('insert' as const), at, bytes: fc.array(fc.nat(255), { minLength: 1, maxLength: 8 }) }),
  fc.record({ do: fc.constant('brackets' as const), at, by: fc.constantFrom(1, 100, 5_000, 200_000) }),
);

/** Sends damaged webhook requests of both providers, with valid signatures. Unreadable ones must be answered 400, all others 200, without errors. */
export async function webhookFeed({ mongodbUrl }: { readonly mongodbUrl?: string }): Promise<Feed<WebhookInput>> {
  const host = await startFuzzHost(mongodbUrl);
  const samples = { whatsapp: deliveries('whatsapp'), viber: deliveries('viber') };
  return {
    input: fc.record({
      adapter: fc.constantFrom('whatsapp' as const, 'viber' as const),
      sample: fc.nat(1_000),
      fresh: fc.integer({ min: 1_000_000, max: 2_000_000_000 }),
      damages: fc.oneof({ weight: 5, arbitrary: damages }, { weight: 1, arbitrary: fc.constant([]) }),
      bytes: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(byteDamage, { maxLength: 3 }) }),
    }),
    async take({ adapter, sample, fresh, damages: all, bytes }) {
      const { text = '' } = samples[adapter][sample % samples[adapter].length] ?? {};
      const json = JSON.parse(withFreshIds(text, fresh)) as Json;
      const body = bytes.reduce(harmed, Buffer.from(JSON.stringify(damaged(json, all))));
      const sign = (secret: string) => createHmac('sha256', secret).update(body).digest('hex');
      const headers: Record<string, string> =
        adapter === 'whatsapp'
          ? { 'x-hub-signature-256': `sha256=${sign(WHATSAPP.appSecret)}` }
          : { 'x-viber-content-signature': sign(VIBER.authToken) };
      const { status, text: words } = await host.call('POST', `/webhooks/${adapter === 'whatsapp' ? 'wa' : 'vb'}`, body, headers);
      const [error] = host.errors();
      if (error !== undefined) throw new Error(`answered ${status}, and logged: ${error}`);
      if (status === 200) return 'taken';
      if (status === 400 && words !== '') return 'refused';
      throw new Error(`answered ${status}: ${words}`);
    },
    close: () => host.close(),
  };
}

function withFreshIds(text: string, fresh: number): string {
  let count = 0;
  const next = () => {
    count += 1;
    return `${fresh}${count}`;
  };
  return text
    .replace(/"wamid\.[^"]*"/g, () => `"wamid.${next()}"`)
    .replace(/("message_token":\s*)\d+/g, (_, before: string) => `${before}${next()}`);
}

function harmed(body: Buffer, damage: ByteDamage): Buffer {
  const place = damage.at % (body.length + 1);
  switch (damage.do) {
    case 'cut':
      return damage.by % 2 === 0 ? body.subarray(0, place) : Buffer.concat([body.subarray(0, place), body.subarray(place + damage.by)]);
    case 'flip': {
      const flipped = Buffer.from(body);
      if (place < flipped.length) flipped[place] = (flipped[place] ?? 0) ^ (damage.by | 1);
      return flipped;
    }
    case 'insert':
      return Buffer.concat([body.subarray(0, place), Buffer.from(damage.bytes), body.subarray(place)]);
    case 'brackets': {
      // Around the first value after the place, so that it is still JSON.
      const from = body.indexOf(':', place) + 1;
      const value = /^\s*("[^"\\]*"|\d+|true|false|null)/.exec(body.subarray(from).toString('latin1'))?.[0] ?? '';
      const to = from + value.length;
      return Buffer.concat([
        body.subarray(0, from),
        Buffer.from('['.repeat(damage.by)),
        body.subarray(from, to),
        Buffer.from(']'.repeat(damage.by)),
        body.subarray(to),
      ]);
    }
  }
}
