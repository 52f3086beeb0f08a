import { plugins } from '../plugins/all.js';
import { type CallBody, CallError, type Json, OPERATORS, type OutboundAsk, STARTS } from '../src/contract/index.js';
import { openServices } from '../src/open-services.js';
import { unseal } from '../src/outbox/unseal.js';

const { services } = openServices({ plugins, config: {}, clock: { now: () => '2026-11-24T09:00:00.000Z' } });

/** Calls a service as the outbox does. Other systems respond at once. Throws every error of the service that is not a `CallError`. */
export async function answerCall(id: string, { service: name, input }: CallBody): Promise<Json | undefined> {
  // The outbox itself calls operators, and a start needs a store.
  if (name === OPERATORS || name === STARTS) return undefined;
  const service = services.get(name);
  if (!service) throw new Error(`there is no service "${name}"`);
  try {
    const { value, error } = service.input.validate(unseal(input, { TOKEN: 'a-secret' }).value);
    if (error) throw error;
    return await service.call(value, {
      id,
      signal: new AbortController().signal,
      pause: async () => {},
      request: async (ask) => {
        judge(ask);
        return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"items":[{"title":"Tea"}]}' };
      },
      stream: async (ask, read) => {
        judge(ask);
        const head = { status: 200, headers: { 'content-type': 'text/event-stream' } };
        read('data: {"choices":[{"delta":{"content":"{\\"category\\":\\"positive\\"}"}}]}\n\ndata: [DONE]\n\n', head);
        return head;
      },
    });
  } catch (error) {
    if (error instanceof CallError) return undefined;
    throw error;
  }
}

/** Throws if a request could not be sent. */
function judge({ url, headers = {} }: OutboundAsk): void {
  if (!URL.canParse(url)) throw new CallError('request/bad-address', 'the address is invalid');
  const broken = Object.entries(headers).find(([, value]) => /[\r\n\0]/.test(value));
  if (broken) throw new Error(`the header ${broken[0]} has a line break`);
}
