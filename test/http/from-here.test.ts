import { expect } from 'chai';
import { isFromHere } from '../../src/http/from-here.js';

describe('a request from this machine', () => {
  const asked = (remoteAddress: string | undefined, localAddress: string | undefined, headers = {}) =>
    isFromHere({ socket: { remoteAddress, localAddress }, headers });

  it('comes over loopback, or from the very address that it is sent to', () => {
    expect(asked('127.0.0.1', '127.0.0.1')).to.equal(true);
    expect(asked('127.0.0.2', '127.0.0.1')).to.equal(true);
    expect(asked('::1', '::1')).to.equal(true);
    expect(asked('::ffff:127.0.0.1', '::ffff:127.0.0.1')).to.equal(true);
    expect(asked('10.0.0.5', '10.0.0.5')).to.equal(true);
  });

  it('does not come from another machine, a neighbour or one that has gone', () => {
    expect(asked('10.0.0.6', '10.0.0.5')).to.equal(false);
    expect(asked('203.0.113.7', '198.51.100.1')).to.equal(false);
    expect(asked('::ffff:10.0.0.6', '::ffff:10.0.0.5')).to.equal(false);
    expect(asked('2001:db8::127.0.0.1', '::1')).to.equal(false);
    expect(asked('::1:2', '::1')).to.equal(false);
    expect(asked('1127.0.0.1', '127.0.0.1')).to.equal(false);
    expect(asked(undefined, undefined)).to.equal(false);
  });

  it('is not handed on by a proxy', () => {
    for (const name of ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'cf-connecting-ip'])
      expect(asked('127.0.0.1', '127.0.0.1', { [name]: '127.0.0.1' }), name).to.equal(false);
  });
});
