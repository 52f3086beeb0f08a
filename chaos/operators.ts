import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Chance } from './random.js';
import { operatorAnswer } from './served-flow.js';

/** Operators: they hear by the webhook who is handed over, answer through the API of any host, and give the talk back at once. */
export interface Operators {
  /** For OPERATOR_WEBHOOK. */
  readonly url: string;
  /** How many people were handed over. */
  readonly count: number;
  /** Answers that a host refused, although nobody had given the talk back. */
  readonly refused: readonly string[];
  /** The webhook answers every request from now on. */
  behave(): void;
  close(): Promise<void>;
}

interface Notice {
  readonly id: string;
  readonly type: string;
  readonly session: string;
  readonly note: string;
}

/** The share of requests that are answered 500, and of those whose connection is closed without an answer. */
const FAILS = 0.03;
const DROPS = 0.03;
/** How long an answer may take, and the time before it is sent again, in milliseconds. */
const MAX_ANSWER = 60_000;
const AGAIN_AFTER = 300;

export async function startOperators(hosts: readonly string[], how: { readonly key: string; readonly chance: Chance }): Promise<Operators> {
  const { key, chance } = how;
  const heard = new Set<string>();
  const refused: string[] = [];
  let isOver = false;
  let isWellBehaved = false;
  const server = createServer((request, response) => {
    void read(request).then((notice) => {
      if (notice.type === 'handed-over' && !heard.has(notice.id)) {
        heard.add(notice.id);
        void answer(notice);
      }
      if (!isWellBehaved && chance.happens(DROPS)) request.socket.destroy();
      else response.writeHead(!isWellBehaved && chance.happens(FAILS) ? 500 : 200).end();
    });
  });

  /** Sends the answer again until a host has accepted or refused it. */
  async function answer({ id, session, note }: Notice): Promise<void> {
    let uuid = id;
    while (!isOver) {
      const response = await fetch(`${chance.oneOf(hosts)}/api/sessions/${session}/answer`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: operatorAnswer(note), giveBack: true, uuid }),
        signal: AbortSignal.timeout(MAX_ANSWER),
      }).catch(() => undefined);
      const text = await response?.text().catch(() => undefined);
      if (response?.ok) return;
      // While the clock of a host is a year ahead, the 24 hours of WhatsApp are over. A repeat with the same uuid would get the same answer.
      if (text?.includes('send/window-closed')) uuid = `${uuid}+`;
      else if (response && text !== undefined && response.status < 500) {
        if (!isTooLate(text)) refused.push(`operator: ${response.status} ${text}`);
        return;
      }
      await new Promise((done) => setTimeout(done, AGAIN_AFTER));
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    get count() {
      return heard.size;
    },
    refused,
    behave() {
      isWellBehaved = true;
    },
    async close() {
      isOver = true;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/**
 * Returns whether the talk was given back before. A merge tells operators again, about the contact that is left, and the answer to the first
 * notice may come before that to the second. If no answer had come at all, the person would miss it.
 */
function isTooLate(answer: string): boolean {
  return answer.includes('operator/not-handed-over');
}

async function read(request: IncomingMessage): Promise<Notice> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as Notice;
}
