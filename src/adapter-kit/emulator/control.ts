import type { JsonObject } from '../../contract/index.js';
import { readJson } from '../../contract/json/exact-json.js';
import { isObject } from '../../contract/json/json-members.js';
import { answer, type Exchange } from './exchange.js';
import type { HeardMessage } from './heard.js';

/** The control calls of an emulator by name, `POST /emulator/<name>`. */
export type Commands = Readonly<Record<string, (body: JsonObject) => unknown>>;

/** The calls that steer an emulator over HTTP: `parley chat` uses them, and so can a person with curl. */
export interface Control {
  answer(exchange: Exchange): Promise<void>;
  /** Wakes the calls that wait for a message. */
  wake(): void;
}

/** The longest time that a call can wait for a message, in seconds. */
const MAX_WAIT = 20;

/**
 * Makes the control calls: those of `commands`, and `GET /emulator/messages?to=…&after=…&wait=…`, which answers with the messages of a person
 * whose index is greater than `after`. If there are none, it waits up to `wait` seconds for the first one.
 */
export function createControl(heard: readonly HeardMessage[], commands: Commands): Control {
  const waiting = new Set<() => void>();

  async function messages(exchange: Exchange, { searchParams }: URL): Promise<void> {
    const [to, after] = [searchParams.get('to'), Number(searchParams.get('after') ?? -1)];
    const found = () => heard.filter((message) => message.index > after && (to === null || message.to === to));
    if (found().length === 0) await nextMessage(Math.min(MAX_WAIT, Number(searchParams.get('wait') ?? 0)) * 1_000);
    answer(exchange, 200, JSON.stringify({ items: found() }));
  }

  function nextMessage(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        waiting.delete(done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, timeout);
      waiting.add(done);
    });
  }

  return {
    async answer(exchange) {
      // Pages in a browser must not speak for a person.
      if (exchange.incoming.headers.origin !== undefined) return answer(exchange, 403, '{"error":"not for browsers"}');
      const url = new URL(exchange.incoming.url ?? '/', 'http://emulator');
      const name = url.pathname.slice('/emulator/'.length);
      if (name === 'messages') return messages(exchange, url);
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (!command) return answer(exchange, 404, '{"error":"unknown call"}');
      const body = readJson(exchange.raw);
      if (!isObject(body)) return answer(exchange, 400, '{"error":"the body is not a JSON object"}');
      await command(body);
      answer(exchange, 200, '{}');
    },
    wake() {
      for (const done of waiting) done();
    },
  };
}
