import dns from 'node:dns';
import { createServer, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { readOutboundAllow } from '../../src/config/outbound-allow.js';
import { CallError } from '../../src/contract/index.js';
import { mayCall } from '../../src/outbox/outbound-guard.js';
import { createOutbound, type Outbound } from '../../src/outbox/outbound-request.js';

/** What else there is (redirects, ports, networks, OUTBOUND_ALLOW): test/outbox/outbound-request.test.ts. */
describe('requests that are to reach what is inside', () => {
  let inside: Server;
  let port: number;
  let outbound: Outbound;
  let reached = 0;
  const { lookup } = dns;
  before(async () => {
    inside = createServer((request, response) => {
      reached += 1;
      const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to');
      response.writeHead(to === null ? 200 : 307, to === null ? {} : { location: to }).end('inside');
    });
    await new Promise<void>((done) => inside.listen(0, done));
    port = (inside.address() as AddressInfo).port;
    outbound = createOutbound([]);
  });
  beforeEach(() => {
    reached = 0;
  });
  afterEach(() => {
    nameServer(lookup);
  });
  after(async () => {
    await outbound.close();
    inside.close();
  });

  const refusal = (url: string, by: Outbound = outbound): Promise<string> =>
    by.request({ method: 'GET', url, timeout: 2_000 }, new AbortController().signal).then(
      ({ status }) => `answered ${status}`,
      (error: unknown) => (error instanceof CallError ? error.code : String(error)),
    );

  const HOSTS = [
    ...[
      '127.0.0.1',
      '127.1',
      '127.0.1',
      '2130706433',
      '0x7f000001',
      '0x7f.0.0.1',
      '0177.0.0.1',
      '017700000001',
      '0x7f.1',
      '127.127.127.127',
    ],
    ...['0.0.0.0', '0', '00', '0x0', '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[0000::0001]', '[::127.0.0.1]', '[::ffff:127.0.0.1]'],
    ...[
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:ffff:7f00:1]',
      '[::ffff:0:127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[64:ff9b:1::7f00:1]',
      '[2002:7f00:1::]',
    ],
    ...['169.254.169.254', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', '[fe80::1]'],
    ...[
      '10.0.0.1',
      '10.1',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      '192.168.257',
      '100.64.0.1',
      '198.18.0.1',
      '192.0.0.1',
      '192.0.2.1',
    ],
    ...['224.0.0.1', '255.255.255.255', '240.0.0.1', '[fc00::1]', '[fec0::1]', '[ff02::1]', '[2001:db8::1]', '[2001::1]', '[100::1]'],
    ...['１２７.0.0.1', '①②⑦.⓪.⓪.①', '127。0。0。1', '127.0.0.1.', '2130706433.', '0x7f.1.', '%31%32%37.0.0.1', 'localhost', 'LOCALHOST'],
  ];
  it('every spelling of a private address is refused, and nothing is connected', async () => {
    for (const host of HOSTS)
      expect(await refusal(`http://${host}:${port}/`), host).to.be.oneOf(['request/private-address', 'request/bad-address']);
    // Not every resolver knows this one.
    expect(await refusal(`http://localhost.:${port}/`)).to.be.oneOf(['request/private-address', 'request/no-answer']);
    expect(reached).to.equal(0);
  });

  it('an address with a user, another scheme, or none at all is refused', async () => {
    const bad = [
      ...[
        `http://example.com@127.0.0.1:${port}/`,
        `http://127.0.0.1:${port}@example.com/`,
        `http://:@127.0.0.1:${port}/`,
        'http://user@example.com/',
      ],
      ...[
        'file:///etc/passwd',
        'gopher://127.0.0.1/',
        'ftp://127.0.0.1/',
        'data:text/plain,x',
        'javascript:1',
        'unix:///var/run/docker.sock',
        'blob:x',
      ],
      ...[
        '//127.0.0.1/',
        'http://',
        'http:',
        'http://[::1',
        'http://127.0.0.1:99999/',
        'http://256.256.256.256/',
        'http://[fe80::1%25eth0]/',
        '',
      ],
    ];
    for (const url of bad) expect(await refusal(url), url).to.be.oneOf(['request/bad-address', 'request/private-address']);
    for (const url of [
      `http:127.0.0.1:${port}`,
      `http:/\\127.0.0.1:${port}`,
      `http://example.com\\@127.0.0.1:${port}/`,
      ` http://127.0.0.1:${port}/ `,
      `ht\ntp://127.0.0.1:${port}/`,
    ]) {
      nameServer(answering(['127.0.0.1']));
      expect(await refusal(url), url).to.be.oneOf(['request/bad-address', 'request/private-address']);
    }
    expect(reached).to.equal(0);
  });

  it('a name is refused when one of its addresses is private, wherever it stands among them', async () => {
    for (const addresses of [
      ['127.0.0.1'],
      ['93.184.216.34', '127.0.0.1'],
      ['::1'],
      ['::ffff:127.0.0.1'],
      ['93.184.216.34', '::ffff:10.0.0.1'],
      [],
    ]) {
      nameServer(answering(addresses));
      expect(await refusal(`http://rebound.example:${port}/`), addresses.join()).to.equal('request/private-address');
    }
    expect(reached).to.equal(0);
  });

  it('a name server that answers otherwise the second time changes nothing: what was judged is what is connected to', async () => {
    let asked = 0;
    const answers = [['127.0.0.1'], ['93.184.216.34']];
    // The first answer is allowed by a rule for the address; had the connection asked again, it would have gone elsewhere.
    nameServer(((host: string, options: dns.LookupAllOptions, done: Done) => {
      answering(answers[asked] ?? ['169.254.169.254'])(host, options, done);
      asked += 1;
    }) as unknown as typeof dns.lookup);
    const read = readOutboundAllow('127.0.0.1');
    const some = createOutbound('rules' in read ? read.rules : []);
    expect(await refusal(`http://rebound.example:${port}/`, some)).to.equal('answered 200');
    expect([asked, reached]).to.deep.equal([1, 1]);
    await some.close();
  });

  it('a name that was public for the first request and is private for the next is refused the next time', async () => {
    const read = readOutboundAllow(`first.example:${port}`);
    const some = createOutbound('rules' in read ? read.rules : []);
    nameServer(answering(['127.0.0.1']));
    expect(await refusal(`http://first.example:${port}/`, some)).to.equal('answered 200');
    // The kept connection belongs to its name, whoever else has the address.
    expect(await refusal(`http://second.example:${port}/`, some)).to.equal('request/private-address');
    expect(await refusal(`http://127.0.0.1:${port}/`, some)).to.equal('request/private-address');
    expect(reached).to.equal(1);
    await some.close();
  });

  it('a redirect is judged like the first address', async () => {
    const read = readOutboundAllow(`first.example:${port}`);
    const some = createOutbound('rules' in read ? read.rules : []);
    nameServer(answering(['127.0.0.1']));
    for (const to of [
      'http://127.0.0.1/',
      'http://2130706433/',
      'http://[::1]/',
      '//169.254.169.254/latest/meta-data',
      'http://second.example/',
      'file:///etc/passwd',
      'http://a@first.example/',
    ])
      expect(await refusal(`http://first.example:${port}/?to=${encodeURIComponent(to)}`, some), to).to.be.oneOf([
        'request/private-address',
        'request/bad-address',
      ]);
    expect(reached).to.equal(7);
    await some.close();
  });

  it('public addresses beside private networks are free', () => {
    for (const address of [
      '9.255.255.255',
      '11.0.0.1',
      '172.15.255.255',
      '172.32.0.1',
      '192.167.0.1',
      '169.253.0.1',
      '8.8.8.8',
      '2606:4700::1111',
    ])
      expect(mayCall({ host: 'x', port: 80, address }, []), address).to.equal(true);
  });
});

/** From now on names are asked here. */
function nameServer(lookup: typeof dns.lookup): void {
  dns.lookup = lookup;
  syncBuiltinESMExports();
}

type Done = (error: Error | null, found: readonly dns.LookupAddress[]) => void;

/** A name server that gives every name these addresses. */
function answering(addresses: readonly string[]): typeof dns.lookup {
  return ((_host: string, _options: dns.LookupAllOptions, done: Done) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as typeof dns.lookup;
}
