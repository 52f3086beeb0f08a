import { jsonOf } from '../../../src/contract/exact-json.js';
import type { JsonObject } from '../../../src/contract/index.js';
import { isObject, objectsIn } from '../../../src/contract/json-members.js';
import { answer, type Request } from './http.js';
import type { Fault, Opened, Said, ViberEmulator } from './interface.js';

/** What can be asked of a running emulator over HTTP: by `parley chat`, or by hand. */
export interface Control {
  answer(request: Request): Promise<void>;
  /** Wakes those who wait for a message. */
  wake(): void;
}

type Controlled = Pick<ViberEmulator, 'heard' | 'next' | 'webhooks' | 'say' | 'open' | 'subscribe' | 'unsubscribe'>;
const LONGEST_WAIT = 20;

export function createControl(emulator: Controlled): Control {
  const listening = new Set<() => void>();

  const commands: Readonly<Record<string, (body: JsonObject) => unknown>> = {
    say: (body) => emulator.say(body as JsonObject & Said),
    open: (body) => emulator.open(body as JsonObject & Opened),
    subscribe: (body) => emulator.subscribe((body as JsonObject & Opened).from, (body as JsonObject & Opened).name),
    unsubscribe: (body) => emulator.unsubscribe((body as JsonObject & Opened).from),
    faults(body) {
      emulator.next(...(objectsIn(body['next']) as readonly Fault[]));
      if (isObject(body['webhooks'])) emulator.webhooks(body['webhooks']);
    },
  };

  /** Waits for the first message after `after`, if there is none yet. */
  async function messages(request: Request, { searchParams }: URL): Promise<void> {
    const [to, after] = [searchParams.get('to'), Number(searchParams.get('after') ?? -1)];
    const found = () => emulator.heard.filter((one) => one.index > after && (to === null || one.to === to));
    if (found().length === 0) await somethingHeard(Math.min(LONGEST_WAIT, Number(searchParams.get('wait') ?? 0)) * 1_000);
    answer(request, 200, JSON.stringify({ items: found() }));
  }

  function somethingHeard(limit: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        listening.delete(done);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(done, limit);
      listening.add(done);
    });
  }

  return {
    async answer(request) {
      // A page in somebody's browser is not to speak for a person.
      if (request.incoming.headers.origin !== undefined) return answer(request, 403, '{"error":"not for browsers"}');
      const url = new URL(request.incoming.url ?? '/', 'http://emulator');
      const name = url.pathname.slice('/emulator/'.length);
      if (name === 'messages') return messages(request, url);
      const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
      if (!command) return answer(request, 404, '{"error":"unknown"}');
      const body = jsonOf(request.raw);
      if (!isObject(body)) return answer(request, 400, '{"error":"the body is no JSON object"}');
      await command(body);
      answer(request, 200, '{}');
    },
    wake() {
      for (const done of listening) done();
    },
  };
}
