import { startTimer } from '../clock/start-timer.js';
import type { Download, Downloaded } from '../contract/host/index.js';
import { MEDIA_PART } from '../contract/store/index.js';
import type * as Undici from './undici.js';

/** Downloads files from providers, and nowhere else: an address that is not the provider's is not called, also after a redirect. */
export interface Downloader {
  readonly download: Download;
  close(): Promise<void>;
}

/** For the head of an answer, for the next bytes, and for all of it, in milliseconds. */
const MAX_WAIT = 15_000;
const MAX_TIME = 120_000;
const MAX_REDIRECTS = 3;

export function createDownloader(): Downloader {
  let agent: Undici.Agent | undefined;

  async function get(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal) {
    const { Agent, request } = await import('./undici.js');
    agent ??= new Agent({ headersTimeout: MAX_WAIT, bodyTimeout: MAX_WAIT, connect: { timeout: MAX_WAIT } });
    return request.call(agent, {
      method: 'GET',
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      headers: { 'user-agent': 'Parley', ...headers },
      signal,
    });
  }

  return {
    async download({ url: first, headers, maxBytes, owns, write }) {
      const late = new AbortController();
      const cancel = startTimer(MAX_TIME, () => late.abort());
      try {
        let url = URL.canParse(first) ? new URL(first) : undefined;
        for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
          if (!url || !/^https?:$/.test(url.protocol) || !owns(url)) return failed('media/foreign-address', false);
          const isThere = url.origin === new URL(first).origin;
          const { statusCode, headers: answered, body } = await get(url, isThere ? headers : {}, late.signal);
          const to = answered['location'];
          if (statusCode >= 300 && statusCode < 400 && to !== undefined) {
            await body.dump();
            url = URL.canParse(String(to), url.href) ? new URL(String(to), url.href) : undefined;
            continue;
          }
          if (statusCode !== 200) {
            await body.dump();
            return judge(statusCode);
          }
          if (Number(answered['content-length']) > maxBytes) {
            // Whoever destroys a body that was not read to its end gets an error.
            body.on('error', () => {}).destroy();
            return failed('media/too-large', false);
          }
          const size = await writeParts(body, { maxBytes, write });
          if (size === undefined) return failed('media/too-large', false);
          const type = answered['content-type'];
          return { size, ...(type === undefined ? {} : { mimeType: String(type) }) };
        }
        return failed('media/no-answer', true);
      } catch (error) {
        if (error instanceof Error && error.name === 'OperationalError') throw error;
        return failed('media/no-answer', true);
      } finally {
        cancel();
      }
    },
    close: async () => agent?.destroy(),
  };
}

/** Meta answers 404 for an address that was used or is too old, and a new one may work; a provider that has lost the file says so when it is asked for it. */
function judge(status: number): Downloaded {
  return status === 410 ? failed('media/gone', false) : failed('media/no-answer', true);
}

function failed(code: Extract<Downloaded, { failed: unknown }>['failed'], retryable: boolean): Downloaded {
  return { failed: code, retryable };
}

/** Writes the bytes in parts of one size. Returns how many there were; undefined if there are too many. */
async function writeParts(
  body: AsyncIterable<Buffer>,
  { maxBytes, write }: { readonly maxBytes: number; readonly write: (n: number, bytes: Buffer) => Promise<void> },
): Promise<number | undefined> {
  let [pending, waiting, size, n]: [Buffer[], number, number, number] = [[], 0, 0, 0];
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    pending.push(chunk);
    waiting += chunk.length;
    while (waiting >= MEDIA_PART) {
      const all = Buffer.concat(pending);
      await write(n, all.subarray(0, MEDIA_PART));
      n += 1;
      pending = [all.subarray(MEDIA_PART)];
      waiting -= MEDIA_PART;
    }
  }
  if (waiting > 0) await write(n, Buffer.concat(pending));
  return size;
}
