import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { problemsIn } from '../../plugins/send-email/check.js';
import { service } from '../../plugins/send-email/service.js';
import { loadConfig } from '../../src/config/load.js';
import type { OpenService, ServiceTools } from '../../src/contract/index.js';

type Email = Parameters<ReturnType<typeof service.open>['call']>[0];
const EMAIL: Email = { to: ['ada@example.com'], cc: [], bcc: [], replyTo: [], subject: 'Grüße', text: 'Good morning' };

/** A refusal of the mail server. */
function refusal(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

describe('the service behind send-email', () => {
  let server: SMTPServer | undefined;
  let opened: OpenService<Email> | undefined;
  let connections = 0;
  const mails: { readonly to: readonly string[]; readonly from: string; readonly text: string; readonly user: unknown }[] = [];
  const pauses: number[] = [];

  beforeEach(() => {
    connections = 0;
    mails.splice(0);
    pauses.splice(0);
  });
  afterEach(async () => {
    await opened?.close?.();
    await new Promise<void>((done) => (server ? server.close(done) : done()));
    opened = undefined;
    server = undefined;
  });

  /** Starts a mail server that keeps what it takes, and the service beside it. */
  async function start(options: SMTPServerOptions = {}, { user = '', query = '' } = {}): Promise<void> {
    const own = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onConnect(_session, done) {
        connections += 1;
        done();
      },
      onData(stream, session, done) {
        let text = '';
        stream.on('data', (part) => {
          text += String(part);
        });
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          mails.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom === false ? '' : mailFrom.address,
            text,
            user: session.user,
          });
          done();
        });
      },
      ...options,
    });
    own.on('error', () => {});
    server = own;
    const port = await new Promise<number>((done) => {
      const listening = own.listen(0, '127.0.0.1', () => {
        const address = listening.address();
        done(typeof address === 'object' && address ? address.port : 0);
      });
    });
    open(`smtp://${user}127.0.0.1:${port}${query}`);
  }
  function open(SMTP_URL: string): void {
    opened = service.open({ settings: { SMTP_URL, MAIL_FROM: 'Shop <shop@example.com>' }, fill: () => undefined });
  }
  async function send(email: Partial<Email> = {}, tools: Partial<ServiceTools> = {}): Promise<unknown> {
    const all: ServiceTools = {
      id: 's1.2.3',
      signal: new AbortController().signal,
      request: () => Promise.reject(new Error('no')),
      stream: () => Promise.reject(new Error('no')),
      pause: async (millis) => void pauses.push(millis),
      ...tools,
    };
    return opened?.call({ ...EMAIL, ...email }, all).catch((error: unknown) => error);
  }

  it('hands the e-mail over, to all recipients, over a connection that stays open', async () => {
    await start();
    const more = { cc: ['c@example.com'], bcc: ['b@example.com'], replyTo: ['orders@example.com'], html: '<b>Good morning</b>' };
    expect(await send(more)).to.deep.equal({ messageId: '<s1.2.3@example.com>', refused: [] });
    await send({}, { id: 's1.3.1' });
    expect(connections).to.equal(1);
    const [{ to, from, text } = { to: [], from: '', text: '' }, second] = mails;
    expect([to, from]).to.deep.equal([['ada@example.com', 'c@example.com', 'b@example.com'], 'shop@example.com']);
    expect(text).to.match(/^From: Shop <shop@example.com>\r\n/m);
    expect(text).to.match(/^Message-ID: <s1\.2\.3@example\.com>\r\n/m);
    expect(text).to.match(/^Reply-To: orders@example.com\r\n/m);
    expect(text).to.match(/^Subject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe\?=\r\n/m);
    expect(text).to.include('<b>Good morning</b>').and.not.include('b@example.com');
    expect(second?.text).to.include('<s1.3.1@example.com>');
  });

  it('lets no text begin a header, name a file or an address to be fetched', async () => {
    await start();
    await send({ subject: 'Hi\r\nBcc: eve@example.com', text: 'x\r\n.\r\nRCPT TO:<eve@example.com>' });
    expect(mails[0]?.to).to.deep.equal(['ada@example.com']);
    expect(mails[0]?.text).to.not.match(/^Bcc:/m);
    await send({ html: '<img src="file:///etc/passwd">' });
    expect(mails[1]?.text).to.include('file:///etc/passwd');
  });

  it('tries again what was put off, under the same id', async () => {
    let tries = 0;
    await start({
      onRcptTo(_address, _session, done) {
        tries += 1;
        done(tries < 3 ? refusal(451, 'Greylisted, please come back') : null);
      },
    });
    expect(await send()).to.deep.include({ refused: [] });
    expect([tries, pauses]).to.deep.equal([3, [2_000, 8_000]]);
    expect(mails).to.have.length(1);
  });

  it('fails with the words of the server if it puts the e-mail off at every try', async () => {
    await start({ onRcptTo: (_address, _session, done) => done(refusal(451, 'Greylisted')) });
    expect(await send()).to.deep.include({
      code: 'email/put-off',
      status: 451,
      message: 'the mail server put the e-mail off: 451 Greylisted',
    });
    expect(pauses).to.deep.equal([2_000, 8_000, 20_000, 45_000]);
  });

  it('does not try again what was refused', async () => {
    await start({ onRcptTo: (_address, _session, done) => done(refusal(550, `No such user ${'x'.repeat(400)}`)) });
    const failure = await send();
    expect(failure).to.deep.include({ code: 'email/refused', status: 550, retryable: false });
    expect(failure)
      .to.have.property('message')
      .that.matches(/^the mail server refused the e-mail: 550 No such user x+/)
      .with.length.below(260);
    expect(pauses).to.deep.equal([]);
  });

  it('names the recipients that were refused beside others', async () => {
    const onRcptTo: SMTPServerOptions['onRcptTo'] = ({ address }, _session, done) =>
      done(address.startsWith('bob') ? refusal(550, 'No such user') : null);
    await start({ onRcptTo });
    expect(await send({ to: ['ada@example.com', 'bob@example.com'] })).to.deep.include({ refused: ['bob@example.com'] });
    expect(mails[0]?.to).to.deep.equal(['ada@example.com']);
  });

  it('sends a password over an encrypted connection only', async () => {
    let asked = 0;
    const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) => {
      asked += 1;
      done(password === 'secret' ? null : refusal(535, 'No'), { user: username });
    };
    await start({ onAuth, allowInsecureAuth: true }, { user: 'shop:secret@' });
    expect(await send()).to.deep.include({ code: 'email/no-tls', retryable: false });
    expect([asked, mails]).to.deep.equal([0, []]);
  });

  it('logs in without encryption if the setting allows it, and says if it is refused', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) =>
      done(password === 'secret' ? null : refusal(535, 'Wrong password guess'), { user: username });
    await start({ onAuth, allowInsecureAuth: true }, { user: 'shop:secret@', query: '?requireTLS=false' });
    await send();
    expect(mails[0]?.user).to.equal('shop');
    await opened?.close?.();
    await new Promise<void>((done) => server?.close(done));
    await start({ onAuth, allowInsecureAuth: true }, { user: 'shop:guess@', query: '?requireTLS=false' });
    expect(String(await send())).to.equal('CallError: the mail server refused the user or password of SMTP_URL');
  });

  it('gives up a server that stalls at the deadline of the call, and a later e-mail takes another connection', async () => {
    const deadline = new AbortController();
    const sockets: Socket[] = [];
    const silent: Server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => {});
      // It greets, and never answers again.
      socket.write('220 silent ESMTP\r\n');
      socket.on('data', () => deadline.abort(new Error('the deadline has passed')));
    });
    const port = await new Promise<number>((done) => {
      silent.listen(0, '127.0.0.1', () => {
        const address = silent.address();
        done(typeof address === 'object' && address ? address.port : 0);
      });
    });
    open(`smtp://127.0.0.1:${port}`);
    const pause = () => Promise.reject(new Error('the deadline has passed'));
    expect(await send({}, { signal: deadline.signal, pause })).to.be.instanceOf(Error);
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((done) => void silent.close(() => done()));
  });

  it('says that the server cannot be reached without naming it', async () => {
    open('smtp://shop:secret@127.0.0.1:1?requireTLS=false');
    expect(await send()).to.deep.include({ code: 'email/unreachable', retryable: true });
    expect(pauses).to.have.length(4);
    expect(String(await send())).to.match(/^CallError: the mail server cannot be reached \([A-Z]+\)$/);
  });

  it('fails if the host has no mail server, and has nothing to close', async () => {
    opened = service.open({ settings: { MAIL_FROM: 'shop@example.com' }, fill: () => undefined });
    expect(await send()).to.deep.include({ code: 'email/not-configured' });
  });
});

describe('the check of an e-mail', () => {
  const codes = (more: object, hasSetting?: (name: string) => boolean) =>
    problemsIn({ to: 'ada@example.com', subject: 'Hi', ...more }, hasSetting ? { hasSetting } : {}).map(
      ({ code, pointer }) => `${code} ${pointer}`,
    );

  it('finds addresses that are none, too many of them, and HTML of people', () => {
    expect(codes({ to: '{{ email }}', cc: 'Ada <ada@example.com>; bob@example.com' })).to.deep.equal([]);
    expect(codes({ to: 'ada', bcc: Array.from({ length: 21 }, (_, i) => `p${i}@example.com`).join(',') })).to.deep.equal([
      'email/bad-address /to',
      'email/too-many /bcc',
    ]);
    expect(codes({ html: '<b>{{ name }}</b>' })).to.deep.equal(['email/unescaped /html']);
    expect(codes({ html: '<b>{{ name | upcase | escape }}</b>{{ block | raw }}' })).to.deep.equal([]);
  });

  it('warns if the host has no mail server', () => {
    expect(codes({}, () => true)).to.deep.equal([]);
    expect(codes({}, (name) => name === 'SMTP_URL')).to.deep.equal(['email/not-configured ']);
  });
});

describe('the settings of e-mails', () => {
  it('are an address of a mail server and a sender', () => {
    const good = loadConfig({ SMTP_URL: 'smtps://me:pw@mail.example.com:465', MAIL_FROM: 'Shop <shop@example.com>' });
    expect(good).to.deep.include({ SMTP_URL: 'smtps://me:pw@mail.example.com:465', MAIL_FROM: 'Shop <shop@example.com>' });
    expect(loadConfig({ SMTP_URL: 'mail.example.com', MAIL_FROM: 'shop' })).to.deep.equal({
      mistakes: [
        'SMTP_URL: must be a URL with a scheme',
        'MAIL_FROM: must be an e-mail address, such as shop@example.com or Shop <shop@example.com>',
      ],
    });
  });
});
