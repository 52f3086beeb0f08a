import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import type { ChannelAdapter, ProviderReply, SendBody } from '../../src/contract/index.js';
import { deliverMessage } from '../../src/outbox/deliver-message.js';

const text = (words: string) => ({ type: 'text', text: words }) as const;
/** A message in two parts. */
const body: Pick<SendBody, 'address' | 'before' | 'message'> = { address: '491', before: [text('one')], message: text('two') };
const whatsapp = adapters.find(({ type }) => type === 'whatsapp') as ChannelAdapter;

interface Changed {
  readonly adapter?: Partial<ChannelAdapter>;
  readonly accepted?: number;
  readonly hasTime?: boolean;
}

/** Delivers the message with a changed adapter; each request is answered with its own text as the id. */
async function delivered({ adapter, accepted = 0, hasTime = true }: Changed) {
  const requests: string[] = [];
  const client = {
    close: async () => {},
    async send(request: { readonly body?: unknown }): Promise<ProviderReply> {
      requests.push(String(request.body));
      return { status: 200, headers: {}, body: String(request.body) };
    },
  };
  const fake: ChannelAdapter = {
    ...whatsapp,
    render: (_address, message) => [
      { method: 'POST', url: 'https://x.example', headers: {}, body: 'text' in message ? (message.text ?? '') : '' },
    ],
    read: (reply) => ({ ok: true, providerIds: ['body' in reply ? reply.body : ''] }),
    ...adapter,
  };
  const waiting = { accepted, providerIds: ['one'].slice(0, accepted), effect: { id: 's1.1.1' } };
  const result = await deliverMessage(client, { adapter: fake, config: {}, body, waiting, hasTime: () => hasTime });
  return { ...result, requests };
}

describe('delivering a message', () => {
  const fails = () => {
    throw new Error('a bug of the adapter');
  };

  it('sends what is left of it, and returns the ids of all parts', async () => {
    expect(await delivered({})).to.deep.include({ accepted: 2, providerIds: ['one', 'two'], requests: ['one', 'two'] });
    expect(await delivered({ accepted: 1 })).to.deep.include({ accepted: 2, providerIds: ['one', 'two'], requests: ['two'] });
  });

  for (const [what, changed, accepted, error] of [
    ['cannot be rendered was not accepted', { adapter: { render: fails } }, 0, ['rejected', 'send/cannot-render']],
    ['has an answer that cannot be read may have been accepted', { adapter: { read: fails } }, 0, ['unknown', 'send/unreadable-answer']],
    ['has no time for its second part continues later', { hasTime: false }, 1, ['unreachable', 'send/no-time']],
  ] as const)
    it(`one that ${what}`, async () => {
      const { accepted: count, error: found } = await delivered(changed);
      expect([count, found?.ok, [found?.kind, found?.code]]).to.deep.equal([accepted, false, error]);
    });
});
