import { expect } from 'chai';
import type { Json } from '../../src/contract/index.js';
import { createTemplates } from '../../src/template/templates.js';

const templates = createTemplates();

function filling(data: Readonly<Record<string, Json>>) {
  const warnings: string[] = [];
  const scope = {
    data,
    now: '2026-11-24T09:00:00.000Z',
    timeZone: 'UTC',
    random: () => 0.5,
    warn: (code: string) => void warnings.push(code),
  };
  return { scope, warnings };
}

function address(source: string, data: Readonly<Record<string, Json>>): string | undefined {
  return templates.address(source, filling(data).scope);
}

const ATTACKS = [
  '../../admin?x=',
  '/../admin',
  '//evil.example/',
  '@evil.example',
  ':80@evil.example/',
  'x\\..\\admin',
  'x#y',
  'x;y=1',
  'x&admin=1',
  'x=y?z',
  'x\r\nHost: evil.example',
  '\t..\t',
  '。。/admin',
  '．．/x',
  'a b+c%20d',
  '😀\ud83d',
  '{{ secrets.KEY }}',
];

describe('an address', () => {
  for (const said of ATTACKS)
    it(`keeps ${JSON.stringify(said)} in its segment and in its value`, () => {
      const written = said.replace('😀\ud83d', '😀\ufffd');
      const inPath = new URL(address('https://shop.example/orders/{{ said }}/status?a=1', { said }) ?? 'lost:');
      expect([inPath.host, inPath.search, inPath.hash]).to.deep.equal(['shop.example', '?a=1', '']);
      const [, orders, segment = '', status, more] = inPath.pathname.split('/');
      expect([orders, decodeURIComponent(segment), status, more]).to.deep.equal(['orders', written, 'status', undefined]);
      const inQuery = new URL(address('https://shop.example/find?q={{ said }}&limit=5#{{ said }}', { said }) ?? 'lost:');
      expect([...inQuery.searchParams]).to.deep.equal([
        ['q', written],
        ['limit', '5'],
      ]);
      expect([inQuery.pathname, decodeURIComponent(inQuery.hash)]).to.deep.equal(['/find', `#${written}`]);
    });

  const texts: readonly (readonly [source: string, data: Readonly<Record<string, Json>>, made: string | undefined])[] = [
    ['https://shop.example/a b', {}, 'https://shop.example/a b'],
    ['{{ url }}', { url: 'https://shop.example/a/../b' }, 'https://shop.example/a/../b'],
    ['https://shop.example/a\\{{ said }}\\b', { said: '..' }, undefined],
    ['{{ base }}/{{ id }}', { base: 'https://h.example/v1', id: 'a/b' }, 'https://h.example/v1/a%2Fb'],
    ['  {{ url }} ', { url: 'https://h.example/x?y=z#w' }, 'https://h.example/x?y=z#w'],
    ['{{ url }}&q={{ said }}', { url: 'https://h.example/x?y=z', said: 'a&b' }, 'https://h.example/x?y=z&q=a%26b'],
    ['{% if yes %}{{ base }}{% endif %}/{{ id }}', { base: 'https://h.example', id: 7, yes: true }, 'https://h.example/7'],
    ['https://h.example/{{ list[0] | upcase }}/{{ n | plus: 1 }}', { list: ['a?'], n: 1 }, 'https://h.example/A%3F/2'],
    ['https://h.example/{% capture s %}{{ said }}/y{% endcapture %}{{ s }}', { said: 'a b' }, 'https://h.example/a%20b%2Fy'],
    ['https://h.example/{% echo said %}/{% cycle said, "b" %}', { said: 'a/b' }, 'https://h.example/a%2Fb/a%2Fb'],
    ['https://h.example/{{ said | url_encode }}/{{ said | cgi_escape }}', { said: "a b'" }, "https://h.example/a+b'/a+b%27"],
    ['https://h.example/{{ path | raw }}?{{ rest | raw }}', { path: 'a/b/', rest: 'c=d&e=f' }, 'https://h.example/a/b/?c=d&e=f'],
    ['https://h.example/{{ said | url_encode | append: "/" }}', { said: 'a b' }, 'https://h.example/a%2Bb%2F'],
    ['https://h.example/{{ path | raw }}', { path: 'a/../../admin' }, undefined],
    ['https://h.example/{{ path | raw }}', { path: 'a/.\t./admin' }, undefined],
    ['https://h.example/{{ said }}/x', { said: '.' }, undefined],
    ['https://h.example/{{ said }}/x', { said: '..' }, undefined],
    ['https://h.example/{{ said }}/x', { said: '%2e%2e' }, undefined],
    ['https://h.example/{{ said }}/x', { said: '%252E.' }, undefined],
    ['https://h.example/.{{ said }}/x', { said: '.' }, undefined],
    ['https://h.example/{{ a }}{{ b }}/x', { a: '.', b: '.' }, undefined],
    ['https://h.example/{{ said }}/x', { said: '' }, undefined],
    ['https://h.example/x/{{ said }}', { said: '' }, undefined],
    ['https://h.example/x/{{ said }}?q=1', {}, undefined],
    ['https://h.example/x{{ said }}/y?q={{ said }}', { said: '' }, 'https://h.example/x/y?q='],
    ['https://h.example/../x/{{ said }}', { said: 'a' }, 'https://h.example/../x/a'],
    ['https://h.example/...{{ said }}', { said: '.' }, 'https://h.example/....'],
    ['https://{{ shop }}.example/x', { shop: 'tea-4.eu' }, 'https://tea-4.eu.example/x'],
    ['https://{{ host }}/x', { host: 'h.example:8443' }, undefined],
    ['https://{{ host | raw }}/x', { host: 'h.example:8443' }, 'https://h.example:8443/x'],
    ['https://{{ shop }}.example/x', { shop: 'evil.example/' }, undefined],
    ['https://{{ shop }}.example/x', { shop: 'evil.example#' }, undefined],
    ['https://{{ shop }}.example/x', { shop: 'me@evil' }, undefined],
    ['https://{{ shop | raw }}.example/x', { shop: 'me@evil' }, undefined],
    ['https://{{ shop }}.example/x', { shop: 'b\u00fccher' }, undefined],
    ['https://{{ shop }}.example/x', { shop: 'evil\u3002com' }, undefined],
    ['https://{{ shop }}/x', { shop: '' }, undefined],
    ['https://h.example:{{ port }}/x', { port: 8443 }, 'https://h.example:8443/x'],
    ['https://h.example:{{ port }}/x', { port: '80@evil' }, undefined],
    ['https://h.example{{ said }}', { said: '@evil.example' }, undefined],
    ['{{ base }}{{ said }}', { base: 'https://h.example', said: '/x' }, undefined],
    ['{{ base }}{{ said | raw }}', { base: 'https://h.example', said: '/x' }, 'https://h.example/x'],
    ['tel:{{ phone }}', { phone: '+49 1511' }, 'tel:+49%201511'],
    ['mailto:{{ to }}?subject={{ said }}', { to: 'a@b.example', said: 'a+b' }, 'mailto:a@b.example?subject=a%2Bb'],
    ['https://h.example/{{ voice }}', { voice: { type: 'audio', mediaId: '1' } }, undefined],
    ['https://h.example/{{ said', {}, undefined],
  ];
  for (const [source, data, made] of texts)
    it(`${source} with ${JSON.stringify(data)} ${made === undefined ? 'is refused' : `is ${made}`}`, () => {
      expect(address(source, data)).to.equal(made);
    });

  it('that is refused is told of', () => {
    const { scope, warnings } = filling({ said: '..' });
    expect(templates.address('https://h.example/{{ said }}/x', scope)).to.equal(undefined);
    expect(warnings).to.deep.equal(['call/address']);
  });

  const sealed: readonly (readonly [source: string, said: string, made: Json | undefined])[] = [
    ['https://h.example/{{ secrets.K }}/{{ said }}', 'a/b', { $sealed: ['https://h.example/', { secret: 'K' }, '/', 'a%2Fb'] }],
    ['{{ secrets.BASE }}/{{ said }}?k={{ secrets.K }}', '?', { $sealed: [{ secret: 'BASE' }, '/', '%3F', '?k=', { secret: 'K' }] }],
    ['{{ secrets.URL }}&q={{ said }}', 'a&', { $sealed: [{ secret: 'URL' }, '&q=', 'a%26'] }],
    ['https://{{ secrets.HOST }}/{{ said }}', 'a', { $sealed: ['https://', { secret: 'HOST' }, '/', 'a'] }],
    ['{{ secrets.BASE }}/{{ said }}', '..', undefined],
    ['{{ secrets.BASE }}{{ said }}', '@evil.example', undefined],
    ['https://h.example/{{ said }}', 'a/b', 'https://h.example/a%2Fb'],
    ['https://h.example/x', '', 'https://h.example/x'],
  ];
  for (const [source, said, made] of sealed)
    it(`with secrets: ${source} with ${JSON.stringify(said)} ${made === undefined ? 'is refused' : 'keeps them sealed'}`, () => {
      expect(templates.sealedAddress(source, filling({ said }).scope)).to.deep.equal(made);
    });
});
