import { expect } from 'chai';
import Joi from 'joi';
import * as viberCases from '../adapters/viber/cases.js';
import viber from '../adapters/viber/index.js';
import {
  type AdapterCases,
  definePlugin,
  type InboundEvent,
  type Json,
  type JsonObject,
  type NodeCase,
  type NodeType,
  type ProviderReply,
  type ProviderRequest,
  type SendFailure,
  type Shown,
  type WebhookRequest,
} from '../src/contract/index.js';
import { readJson } from '../src/contract/json/exact-json.js';
import { closed, described } from '../src/params/fields.js';
import { adapterSuite, pluginSuite, type TestRunner } from '../src/testing/index.js';

/** Runs a suite at once, and gives back what failed, by the names of its promises. */
function failuresOf(run: (runner: TestRunner) => void): Readonly<Record<string, string>> {
  const failures: Record<string, string> = {};
  run({
    describe: (_, body) => body(),
    it: (name, body) => {
      try {
        body();
      } catch (error) {
        failures[name] = error instanceof Error ? error.message : String(error);
      }
    },
  });
  return failures;
}

interface Params {
  readonly input?: number;
}
const GOOD: NodeType<Params> = {
  type: 'start',
  version: 1,
  title: 'Start',
  sentence: 'Does what the test needs.',
  group: 'core',
  params: closed<Params>({ input: described(Joi.number(), 'Input', 'What it is for.') }),
  ports: [{ name: 'next' }],
  enter: () => ({ then: { exit: 'next' } }),
};
const ROW: NodeCase = { name: 'it goes on', params: {}, expect: { then: { exit: 'next' } } };

function failuresOfNode(more: Partial<NodeType<Params>>, cases: readonly NodeCase[] = [ROW], folder = 'plugins/start') {
  return failuresOf((runner) => pluginSuite(definePlugin<Params>({ node: { ...GOOD, ...more } }), { cases, folder, ...runner }));
}

describe('the suite of plugins', () => {
  it('tells a node without cases, and one that does something else than its table says', () => {
    expect(failuresOfNode({}, [])).to.include({ 'returns what its table says in each case': 'the table has no cases' });
    const other = failuresOfNode({ enter: () => ({ set: { x: 1 }, then: { exit: 'next' } }) });
    expect(other['returns what its table says in each case']).to.match(/^it goes on: /);
    const warned = failuresOfNode({
      enter(scope) {
        scope.warn('start/odd', '');
        return { then: { exit: 'next' } };
      },
    });
    expect(warned['returns what its table says in each case']).to.match(/^it goes on: warnings: /);
  });

  it('tells a node that is async, by that name', () => {
    const broken = failuresOfNode({ enter: (async () => ({ then: { exit: 'next' } })) as never });
    expect(broken['returns what its table says in each case']).to.equal('start is async: a node describes, a service does');
  });

  it('tells a port that no case reaches and no page names', () => {
    const broken = failuresOfNode({ ports: [{ name: 'next' }, { name: 'sideways' }] });
    expect(broken).to.include({ 'leaves by every port in some case': 'no case leaves by sideways' });
    expect(broken['has a README with a valid example and every port']).to.match(/does not mention the port sideways/);
  });

  it('tells a port that the node does not have, and a variable that `sets` leaves out', () => {
    const name = 'leaves by its own ports only, and `sets` names every variable that it sets';
    const sideways: NodeCase = { ...ROW, expect: { then: { exit: 'sideways' } } };
    expect(failuresOfNode({ enter: () => ({ then: { exit: 'sideways' } }) }, [sideways])[name]).to.equal(
      'it goes on: it has no port sideways',
    );
    const setting: NodeCase = { ...ROW, expect: { set: { x: 1 }, then: { exit: 'next' } } };
    expect(failuresOfNode({}, [setting])[name]).to.equal('it goes on: "sets" does not name x');
    expect(failuresOfNode({ sets: () => ['x'] }, [setting])[name]).to.equal(undefined);
  });

  it('tells a page that is missing or is about something else', () => {
    const name = 'has a README with a valid example and every port';
    expect(failuresOfNode({}, [ROW], 'plugins')[name]).to.match(/ENOENT.*README\.md/);
    expect(failuresOfNode({}, [ROW], 'plugins/end')[name]).to.match(/'end'/);
  });

  it('tells fields that no form could explain, and params that take anything', () => {
    const broken = failuresOfNode({ params: Joi.object<Params>({ input: Joi.number() }).unknown(true) });
    expect(broken).to.include({
      'has a label and a description for every field of its form': 'without label or description: start/input',
      'refuses unknown params, and accepts those that begin with x-': 'an unknown param is accepted',
    });
  });

  it('reports values without a title', () => {
    const params = closed<Params>({ input: described(Joi.string().valid('a', 'b'), 'Input', 'What it is for.') as never });
    expect(failuresOfNode({ params })['has a label and a description for every field of its form']).to.equal(
      'values without a title: start/input; use choice()',
    );
  });

  it('reports what a canvas could not show', () => {
    const name = 'has words for the canvas: a title for every port but `next`, fields for its card, a new node without mistakes';
    const failure = (more: Partial<NodeType<Params>>) => failuresOfNode(more)[name];
    expect(failure({ ports: [{ name: 'next' }, { name: 'sideways' }] })).to.equal('ports without a title: sideways');
    expect(failure({ summary: ['/input', '/colour'] })).to.equal('"summary" points at no field: /colour');
    expect(failure({ blank: { input: 'one' } })).to.match(/^"blank" is wrong: .*must be a number/);
    const params = closed<Params>({ input: described(Joi.number(), 'Input', 'What it is for.').required() });
    expect(failure({ params, blank: {} })).to.equal(undefined);
  });

  it('tells what a host would refuse', () => {
    expect(failuresOfNode({ type: 'Start!' })['is accepted by a host']).to.match(/kebab-case/);
  });
});

describe('the suite of adapters', () => {
  const cases: AdapterCases = viberCases;
  const failuresOfAdapter = (more: object, other: Partial<AdapterCases> = {}) =>
    failuresOf((runner) =>
      adapterSuite({ ...viber, ...more }, { cases: { ...cases, ...other }, fixtures: 'adapters/viber/fixtures', ...runner }),
    );

  it('tells an adapter that believes everybody, or nobody', () => {
    const forged = 'refuses a missing signature, a wrong one, and that of another body, and never throws';
    const own = 'accepts the signature of the provider, over exactly these bytes';
    const whole = 'compares every character of the signature, and nothing else';
    expect(Object.keys(failuresOfAdapter({ verify: () => true }))).to.deep.equal([forged, own, whole]);
    expect(Object.keys(failuresOfAdapter({ verify: () => false }))).to.deep.equal([own]);
    expect(
      Object.keys(
        failuresOfAdapter({
          verify: () => {
            throw new Error('unequal lengths');
          },
        }),
      ),
    ).to.include(forged);
  });

  it('tells an adapter that looks at a part of the signature', () => {
    const { body, headers } = cases.signed;
    const right = Object.values(headers)[0] ?? '';
    const verify = (request: WebhookRequest) =>
      request.body.toString() === body && request.headers['x-viber-content-signature']?.slice(0, 32) === right.slice(0, 32);
    expect(Object.keys(failuresOfAdapter({ verify }))).to.deep.equal(['compares every character of the signature, and nothing else']);
  });

  it('tells an adapter that throws at payloads and answers of another kind, or hands on what is no text', () => {
    const payloads = 'survives payloads in which any member is missing or has another type';
    const parse = (change: (event: InboundEvent, told: JsonObject) => InboundEvent) => (request: WebhookRequest, config: unknown) => {
      const told = readJson(request.body.toString()) as JsonObject | null;
      return viber.parse(request, config).map((event) => (told === null ? event : change(event, told)));
    };
    const trusting = parse((event, { message_token }) => ({ ...event, account: (message_token as string).slice(0, 1) }));
    expect(failuresOfAdapter({ parse: trusting })[payloads]).to.be.a('string');
    const handingOn = parse((event, { timestamp }) => ({ ...event, account: timestamp as string }));
    expect(failuresOfAdapter({ parse: handingOn })[payloads]).to.match(/: \/account: /);
    const answers = 'survives replies in which any member is missing or has another type';
    const read = (reply: ProviderReply) => {
      if (!('failed' in reply)) String((readJson(reply.body) as JsonObject | null | undefined)?.['status']);
      return viber.read(reply);
    };
    expect(Object.keys(failuresOfAdapter({ read }))).to.deep.equal([answers]);
  });

  it('tells a fixture that is in no table, empty tables, and a file that is misread', () => {
    const { 'text.json': _, ...fewer } = cases.inbound;
    expect(failuresOfAdapter({}, { inbound: fewer })['reads every fixture as its table says']).to.match(/^the table and the folder: /);
    expect(Object.keys(failuresOfAdapter({}, { outbound: [], answers: [] }))).to.deep.equal([
      'writes every message as its table says',
      'reads every reply as its table says',
    ]);
    expect(failuresOfAdapter({ parse: () => [] })['reads every fixture as its table says']).to.match(/^\S+\.json: /);
  });

  it('tells an adapter that shows nothing, other words, or empty members, and one that refuses its own requests', () => {
    const shows = 'shows every message of its table with its words, as JSON without empty members';
    const accepts = 'accepts every message of its table, unless an author has drawn it, and refuses what is not JSON';
    const [first] = cases.outbound;
    const failure = (shown: Shown | undefined) => failuresOfAdapter({ shows: () => shown })[shows];
    expect(failure(undefined)).to.equal(`${first?.name}: a request shows nothing`);
    expect(failure({ kind: 'text', text: 'Other' })).to.equal(`${first?.name}: ${JSON.stringify('a < b & "c"')} is not shown`);
    expect(failure({ kind: 'text', text: 'a < b & "c"', buttons: [] })).to.match(/: \/buttons is empty in /);
    const refusal: SendFailure = { kind: 'rejected', code: '3', message: 'no' };
    expect(failuresOfAdapter({ accepts: () => refusal })[accepts]).to.match(new RegExp(`^${first?.name}: `));
    expect(failuresOfAdapter({ accepts: () => undefined })[accepts]).to.equal(`${first?.name}: a body that is not JSON is accepted`);
  });

  it('tells an adapter that throws at a request of an author', () => {
    const name = 'shows and judges requests in which any member is missing or has another type';
    const believing = ({ body }: ProviderRequest) => ({ kind: 'text', text: (JSON.parse(body) as { readonly sender: Json }).sender });
    expect(failuresOfAdapter({ shows: believing })[name]).to.be.a('string');
  });

  it('tells a secret in an answer, and settings that take anything', () => {
    const leaky = () => ({ ok: false, kind: 'config', code: '1', message: `bad token ${String(cases.settings['authToken'])}` });
    expect(failuresOfAdapter({ read: leaky })).to.include({
      'puts no secret into what it reads of replies': 'what is read of a reply shows authToken',
    });
    expect(Object.keys(failuresOfAdapter({ config: Joi.object({ authToken: Joi.string() }).unknown(true) }))).to.include(
      'reports unknown settings and line breaks in secrets, all at once',
    );
    expect(failuresOfAdapter({ secrets: ['authTokn'] })['is accepted by a host, with the settings of its cases']).to.match(/authTokn/);
  });
});
