import http from '../../plugins/http-request/index.js';
import { CallError, type Json, type OutboundAnswer, type OutboundAsk } from '../../src/contract/index.js';

/** What http-request makes of an answer, or the code with which it gives up; `asked` gets what it sends. */
export async function ask(answer: OutboundAnswer, input: object = {}, asked: (wish: OutboundAsk) => void = () => {}): Promise<Json> {
  const plain = { method: 'GET', url: 'https://shop.example/', headers: [], query: [], body: null, auth: null, timeout: 1_000, retries: 0 };
  try {
    const { value, error } = http.service?.input.validate({ ...plain, keep: ['body'], ...input }) ?? {};
    if (error || !http.service) throw error ?? new Error('there is no service');
    return await http.service.call(value, {
      id: 's.1.1',
      signal: new AbortController().signal,
      pause: async () => {},
      request: async (wish) => {
        asked(wish);
        return answer;
      },
    });
  } catch (error) {
    if (error instanceof CallError) return error.code;
    throw error;
  }
}
