import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Downloaded } from '../../src/contract/host/index.js';
import { MEDIA_PART } from '../../src/contract/store/index.js';
import { createDownloader } from '../../src/outbox/download.js';

/** Two servers on loopback: the provider's, and another one that it may redirect to. */
describe('downloading files from a provider', () => {
  const downloader = createDownloader();
  let provider: Server;
  let other: Server;
  let answer: RequestListener;
  let elsewhere: RequestListener;
  const asked: { readonly url: string; readonly authorization: string | undefined }[] = [];
  const listen = async (listener: RequestListener): Promise<Server> => {
    const server = createServer((request, response) => {
      asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
      listener(request, response);
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return server;
  };
  const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  before(async () => {
    provider = await listen((request, response) => answer(request, response));
    other = await listen((request, response) => elsewhere(request, response));
  });
  beforeEach(() => void asked.splice(0));
  after(async () => {
    await downloader.close();
    provider.close();
    other.close();
  });

  /** Downloads `/a` from the provider, which owns its own address, and that of the other server if `ownsBoth`. */
  async function download(
    maxBytes = 1_000_000,
    ownsBoth = false,
  ): Promise<{ readonly got: Downloaded; readonly bytes: Buffer; readonly parts: number[] }> {
    const parts: Buffer[] = [];
    const got = await downloader.download({
      url: `${urlOf(provider)}/a`,
      headers: { authorization: 'Bearer secret' },
      maxBytes,
      owns: ({ origin }) => origin === urlOf(provider) || (ownsBoth && origin === urlOf(other)),
      write: async (n, bytes) => {
        parts[n] = bytes;
      },
    });
    return { got, bytes: Buffer.concat(parts), parts: parts.map((part) => part.length) };
  }

  it('gives the bytes in parts of one size, whatever the sizes they came in', async () => {
    const file = Buffer.from(Array.from({ length: 2 * MEDIA_PART + 7 }, (_, i) => i % 251));
    answer = (_, response) => {
      response.setHeader('content-type', 'image/png');
      for (let at = 0; at < file.length; at += 70_001) response.write(file.subarray(at, at + 70_001));
      response.end();
    };
    const { got, bytes, parts } = await download();
    expect(got).to.deep.equal({ size: file.length, mimeType: 'image/png' });
    expect(parts).to.deep.equal([MEDIA_PART, MEDIA_PART, 7]);
    expect(bytes.equals(file)).to.equal(true);
    expect(asked).to.deep.equal([{ url: '/a', authorization: 'Bearer secret' }]);
  });

  it('takes an empty file', async () => {
    answer = (_, response) => void response.end();
    expect((await download()).got).to.deep.equal({ size: 0 });
  });

  it('stops at a file that is too large, with and without a length', async () => {
    answer = (_, response) => void response.setHeader('content-length', 2_000).end(Buffer.alloc(2_000));
    expect((await download(1_000)).got).to.deep.equal({ failed: 'media/too-large', retryable: false });
    answer = (_, response) => {
      response.write(Buffer.alloc(600));
      response.end(Buffer.alloc(600));
    };
    expect((await download(1_000)).got).to.deep.equal({ failed: 'media/too-large', retryable: false });
  });

  it('follows a redirect to another host of the provider, without the token', async () => {
    answer = (_, response) => void response.writeHead(302, { location: `${urlOf(other)}/b` }).end();
    elsewhere = (_, response) => void response.end('here');
    const { got, bytes } = await download(1_000, true);
    expect([got, bytes.toString()]).to.deep.equal([{ size: 4 }, 'here']);
    expect(asked.at(-1)).to.deep.equal({ url: '/b', authorization: undefined });
  });

  it('does not follow a redirect to a host of others, or to a file', async () => {
    for (const location of [`${urlOf(other)}/b`, 'file:///etc/passwd', 'http://[']) {
      answer = (_, response) => void response.writeHead(302, { location }).end();
      expect((await download()).got).to.deep.equal({ failed: 'media/foreign-address', retryable: false });
    }
    expect(asked.filter(({ url }) => url === '/b')).to.deep.equal([]);
  });

  it('gives up a circle of redirects', async () => {
    answer = (_, response) => void response.writeHead(302, { location: '/a' }).end();
    expect((await download()).got).to.deep.equal({ failed: 'media/no-answer', retryable: true });
    expect(asked).to.have.lengthOf(4);
  });

  it('tells an answer that may come right from one that never will', async () => {
    for (const [status, expected] of [
      [404, { failed: 'media/no-answer', retryable: true }],
      [410, { failed: 'media/gone', retryable: false }],
      [500, { failed: 'media/no-answer', retryable: true }],
    ] as const) {
      answer = (_, response) => void response.writeHead(status).end('no');
      expect((await download()).got).to.deep.equal(expected);
    }
    answer = (request, response) => {
      response.write('half');
      setImmediate(() => request.socket.destroy());
    };
    expect((await download()).got).to.deep.equal({ failed: 'media/no-answer', retryable: true });
  });
});
