import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/index.js';
import { type Json, UnreadableBody } from '../../src/contract/index.js';
import { foulPlace } from '../../src/flow/foul-place.js';
import { coerce } from '../../src/params/variable-value.js';
import { ask } from '../support/ask-service.js';
import { START } from '../support/builders.js';
import { playAlone } from '../support/play-alone.js';

const nested = (depth: number, inside = '1') => `${'['.repeat(depth)}${inside}${']'.repeat(depth)}`;

describe('JSON that is nested so deep that whoever walks over it overflows', () => {
  for (const { type, parse } of adapters)
    it(`cannot be read as a delivery: ${type}`, () => {
      for (const depth of [101, 5_000, 200_000]) {
        const body = Buffer.from(`{"entry":${nested(depth)},"event":"message"}`);
        const request = { channel: 'c', method: 'POST', query: {}, headers: {}, body, at: START };
        expect(() => parse(request, {}), String(depth)).to.throw(UnreadableBody);
      }
    });

  it('is no form of a person', () => {
    const whatsapp = adapters.find(({ type }) => type === 'whatsapp');
    const interactive = { type: 'nfm_reply', nfm_reply: { response_json: nested(7_000) } };
    const message = { from: '491511', id: 'wamid.1', timestamp: '1', type: 'interactive', interactive };
    const value = { metadata: { phone_number_id: '1' }, messages: [message] };
    const body = Buffer.from(JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] }));
    const [event] = whatsapp?.parse({ channel: 'c', method: 'POST', query: {}, headers: {}, body, at: START }, {}) ?? [];
    expect(event?.type === 'message' && event.message.form).to.equal(null);
  });

  it('is no list or object of a variable, whatever a person types', () => {
    expect(coerce(nested(90), 'list')).to.be.an('array');
    for (const depth of [101, 3_500]) expect(coerce(nested(depth), 'list'), String(depth)).to.equal(undefined);
    expect(coerce(`{"a":${nested(200)}}`, 'object')).to.equal(undefined);
  });

  it('is no answer of another system', async () => {
    expect(await ask({ status: 200, headers: { 'content-type': 'application/json' }, body: nested(120_000) })).to.equal(
      'request/unreadable',
    );
    expect(await ask({ status: 200, headers: {}, body: nested(2) })).to.deep.include({ isJson: true });
  });

  it('is told of with its place in a body, and not walked to its end', () => {
    const body = JSON.parse(`{"a":${nested(100_000)}}`) as Json;
    expect(foulPlace(body, 'body')).to.deep.include({ pointer: `/a${'/0'.repeat(60)}`, code: 'body/too-deep' });
  });

  it('is not made by a flow that puts a list into itself, again and again: it fails, and says why', () => {
    const steps = Array.from({ length: 90 }, (_, i) => ({
      id: `n${i}`,
      type: 'set-variables',
      version: 1,
      params: { set: [{ name: 'v', value: [['{{ v }}']] }] },
    }));
    const { decision, session } = playAlone(steps, plugins);
    expect(decision.reason).to.match(/nested too deep/);
    expect(session.runs).to.deep.equal([]);
  });
});
