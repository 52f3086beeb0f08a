import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { aFlow } from '../support/builders.js';
import { aPackage, type HostFolder, makeHostFolder, pluginCode } from '../support/packages.js';

const KEY = 'test-admin-key-0123456789';
const PARLEY = resolve('dist/src/cli/parley.js');

/** A node type that asks its own service, which asks another system, and one that sends. */
const DICE = `import { definePlugin } from 'parley/contract';
import { sendNode } from 'parley/nodes';
import { closed, described, Joi } from 'parley/params';

const node = {
  type: 'roll-dice',
  version: 1,
  title: 'Roll a dice',
  sentence: 'Rolls a dice and saves the number.',
  group: 'core',
  params: closed({ sides: described(Joi.number().integer().min(2).default(6), 'Sides', 'How many sides the dice has.') }),
  ports: [{ name: 'next' }],
  sets: () => ['rolled'],
  enter: ({ params }) => ({ effects: [{ kind: 'call', service: 'dice', input: { sides: params.sides }, deadline: 5000 }], then: { wait: { for: 'call' } } }),
  on: { result: (_, rolled) => ({ set: { rolled }, then: { exit: 'next' } }) },
};
const service = {
  name: 'dice',
  input: closed({ sides: Joi.number().required() }),
  call: async ({ sides }, { request }) => JSON.parse((await request({ method: 'GET', url: 'DICE_URL?sides=' + sides, timeout: 2000 })).body).rolled,
};
const say = sendNode({ type: 'say-roll', title: 'Say the roll', sentence: 'Says it.', platforms: ['whatsapp'] });
export default [definePlugin({ node, service }), definePlugin({ node: say })];
`;

/** A provider whose messages are \`{ account, id, from, text }\`. */
const ACME = `import { createHmac } from 'node:crypto';
import { defineAdapter, UnreadableBody } from 'parley/contract';
import { Joi } from 'parley/params';

const limits = { text: 1000, caption: 1000, bodyWithChoices: 1000, header: 60, footer: 60, buttons: { max: 3, title: 20, id: 200 },
  list: { max: 10, title: 24, description: 72, id: 200, button: 20 }, link: { button: 20, text: 1000 }, shows: ['text'], pace: { perSecond: 100 } };
export default defineAdapter({
  type: 'acme',
  platform: 'whatsapp',
  title: 'Acme',
  config: Joi.object({ account: Joi.string().required(), secret: Joi.string().required(), baseUrl: Joi.string().uri().required() }),
  secrets: ['secret'],
  account: ({ account }) => account,
  app: ({ secret }) => secret,
  variables: () => ({}),
  senderOf: () => undefined,
  verify: ({ body, headers }, { secret }) => headers['x-acme'] === createHmac('sha256', secret).update(body).digest('hex'),
  parse({ body, at }) {
    try {
      const { account, id, from, text } = JSON.parse(body.toString());
      const sender = { identities: ['whatsapp:' + from], address: from };
      return [{ account, type: 'message', id: 'acme:' + id, message: { id, platform: 'whatsapp', from: sender, type: 'text', text, sentAt: at } }];
    } catch {
      throw new UnreadableBody('no JSON');
    }
  },
  render: (to, message, { baseUrl, secret }) => [
    { method: 'POST', url: baseUrl + '/send', headers: { authorization: secret }, body: JSON.stringify({ to, text: message.text }) },
  ],
  read: (reply) => reply.status === 200 ? { ok: true, providerIds: [JSON.parse(reply.body).id] } : { ok: false, kind: 'unknown', code: 'acme', message: 'no' },
  shows: ({ body }) => ({ kind: 'text', text: JSON.parse(body).text }),
  accepts: () => undefined,
  limits,
});
`;

describe('a host with a plugin and an adapter of others', () => {
  let folder: HostFolder;
  let provider: Server;
  let host: ChildProcess | undefined;
  let [url, told] = ['', () => {}];
  const sent: unknown[] = [];

  before(async () => {
    provider = createServer((request, response) => {
      if (request.url?.startsWith('/dice')) return response.end(JSON.stringify({ rolled: `${request.url.split('=')[1]} of course` }));
      let body = '';
      request.on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        sent.push([request.headers.authorization, JSON.parse(body)]);
        response.end('{"id":"a-1"}');
        told();
      });
      return undefined;
    });
    await once(provider.listen(0, '127.0.0.1'), 'listening');
    folder = makeHostFolder();
    folder.write({
      ...aPackage('parley-dice', DICE.replace('DICE_URL', `${providerUrl()}/dice`)),
      ...aPackage('parley-acme', ACME),
      'game.json': JSON.stringify(GAME),
      '.env': 'PLUGINS=parley-dice\nADAPTERS=parley-acme\n',
    });
    ({ host, url } = await startHost({ OUTBOUND_ALLOW: '127.0.0.1', PARLEY_ADMIN_KEY: KEY }));
  });
  after(async () => {
    host?.kill();
    if (host?.exitCode === null) await once(host, 'exit');
    provider.close();
    folder.remove();
  });

  const providerUrl = () => {
    const address = provider.address();
    return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  };

  function startHost(env: Readonly<Record<string, string>>): Promise<{ readonly host: ChildProcess; readonly url: string }> {
    const child = spawn(process.execPath, [PARLEY, 'start'], {
      cwd: folder.path,
      env: { PORT: '0', EMULATOR_WHATSAPP_PORT: '0', EMULATOR_VIBER_PORT: '0', LOG_LEVEL: 'error', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new Promise((done, fail) => {
      let out = '';
      child.stdout.on('data', (part) => {
        out += part;
        const found = /parley listens on (\S+)[\s\S]*"welcome-viber" is ONLINE/.exec(out)?.[1];
        if (found) done({ host: child, url: found });
      });
      child.on('exit', () => fail(new Error(`the host did not start: ${out}`)));
    });
  }

  async function call(method: string, path: string, body?: unknown) {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  function parley(args: readonly string[], env = {}): Promise<{ readonly code: unknown; readonly out: string; readonly err: string }> {
    return new Promise((done) => {
      execFile(process.execPath, [PARLEY, ...args], { cwd: folder.path, env: { EMULATORS: 'false', ...env } }, (error, out, err) =>
        done({ code: error?.code ?? 0, out, err }),
      );
    });
  }

  it('names the node type among the others, and the demo is as it was', async () => {
    const { text } = await call('GET', '/api/node-types');
    expect(text).to.match(/"type":"roll-dice","version":1,"title":"Roll a dice"/);
    expect((await call('GET', '/api/channels')).text).to.match(/demo-viber[\s\S]*demo-whatsapp/);
  });

  it('checks the params of its nodes, in the API and in the terminal', async () => {
    const wrong = {
      ...GAME,
      code: 'odd-game',
      nodes: GAME.nodes.map((one) => (one.id === 'roll' ? { ...one, params: { sides: 1 } } : one)),
    };
    expect((await call('POST', '/api/flows', wrong)).status).to.equal(201);
    const { text } = await call('POST', '/api/flows/odd-game/check');
    expect(text).to.match(/"pointer":"\/nodes\/1\/params\/sides"/);
    expect(await parley(['check', 'game.json'])).to.deep.equal({ code: 0, out: 'game.json: 0 errors, 0 warnings\n', err: '' });
    expect((await parley(['check', 'game.json'], { PLUGINS: './nowhere' })).code).to.equal(2);
  });

  it('takes a message from the provider, asks the service, and sends what came of it by the provider', async () => {
    const config = { account: 'acme-1', secret: 's3cret', baseUrl: providerUrl() };
    const made = await call('POST', '/api/channels', { id: 'acme', adapter: 'acme', name: 'Acme', config });
    expect([made.status, made.text.includes('s3cret')]).to.deep.equal([201, false]);
    expect((await call('POST', '/api/flows', GAME)).status).to.equal(201);
    await call('PUT', '/api/flows/game/channels', { channels: ['acme'] });
    const published = await call('POST', '/api/flows/game/publish', {});
    expect(published.status, published.text).to.be.oneOf([200, 201]);

    const arrived = new Promise<void>((done) => {
      told = done;
    });
    const body = JSON.stringify({ account: 'acme-1', id: 'm1', from: '491', text: 'roll' });
    const deliver = (signature: string, bytes = body) =>
      fetch(`${url}/webhooks/acme`, { method: 'POST', headers: { 'x-acme': signature }, body: bytes }).then(({ status }) => status);
    const signed = (bytes: string) => createHmac('sha256', 's3cret').update(bytes).digest('hex');
    expect(await deliver('forged')).to.equal(401);
    expect(await deliver(signed('{'), '{')).to.equal(400);
    expect(await deliver(signed(body))).to.equal(200);
    await arrived;
    expect(sent).to.deep.equal([['s3cret', { to: '491', text: 'You rolled 20 of course' }]]);
  });

  it('starts without them when they are no longer named, and says so where it matters', async () => {
    host?.kill();
    if (host?.exitCode === null) await once(host, 'exit');
    folder.write({ '.env': '' });
    ({ host, url } = await startHost({ PARLEY_ADMIN_KEY: KEY }));
    // A flow that is ONLINE needs a node type that is gone: the host runs, and is not ready.
    const ready = await call('GET', '/health/ready');
    expect(ready.status).to.equal(503);
    expect(ready.text).to.match(/game@1.*roll-dice/);
    expect((await call('POST', '/api/flows/game/check')).text).to.match(/roll-dice/);
  });

  it('does not start when a package throws or is wrong: it says why, with exit code 2 and without a stack', async () => {
    folder.write({
      ...aPackage('thrower', `throw new Error('the licence is missing');`),
      ...aPackage('stray', `Promise.reject(new Error('nobody listens'));\n${pluginCode(`type: 'stray'`)}`),
      ...aPackage('later', `process.nextTick(() => {\n  throw new Error('too late');\n});\n${pluginCode(`type: 'later'`)}`),
      ...aPackage('older', pluginCode(`type: 'start'`)),
    });
    const { code, out, err } = await parley(['start'], { PLUGINS: 'thrower,stray,later,older', ADAPTERS: 'thrower' });
    expect([code, out]).to.deep.equal([2, '']);
    expect(err).to.equal(`parley: invalid settings
  PLUGINS: thrower: it cannot be loaded: the licence is missing
  PLUGINS: stray: it threw while it was loading: nobody listens
  PLUGINS: later: it threw while it was loading: too late
  PLUGINS: older: the node type start@1 exists already
  ADAPTERS: thrower: it cannot be loaded: the licence is missing
`);
  });
});

const GAME = aFlow('game', {
  triggers: [{ type: 'TriggeredByWhatsApp', match: { keywords: ['roll'] } }],
  nodes: [
    { id: 'start', type: 'start', version: 1, params: {} },
    { id: 'roll', type: 'roll-dice', version: 1, params: { sides: 20 } },
    { id: 'say', type: 'say-roll', version: 1, params: { message: { type: 'text', text: 'You rolled {{ rolled }}' } } },
    { id: 'end', type: 'end', version: 1, params: {} },
  ],
  edges: [
    { from: 'start', port: 'next', to: 'roll' },
    { from: 'roll', port: 'next', to: 'say' },
    { from: 'say', port: 'next', to: 'end' },
  ],
});
