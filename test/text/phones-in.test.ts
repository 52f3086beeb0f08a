import { expect } from 'chai';
import { phonesIn, regionOfPhone } from '../../src/text/phones-in.js';

describe('the phone numbers in a text', () => {
  const cases: readonly (readonly [text: string, phones: readonly string[], region?: string])[] = [
    ['0151 12345678', ['+4915112345678'], 'DE'],
    ['call me: 0151/12345678, thanks', ['+4915112345678'], 'de'],
    ['+49 (0)151 12345678', ['+4915112345678']],
    ['(+49) 151 12345678', ['+4915112345678']],
    ['(202) 555-0123', ['+12025550123'], 'US'],
    ['202.555.0123 or 202.555.0124', ['+12025550123', '+12025550124'], 'US'],
    ['4915112345678', ['+4915112345678']],
    ['٠٥٥ ١٢٣ ٤٥٦٧', ['+966551234567'], 'SA'],
    ['081-234-5678', ['+66812345678'], 'TH'],
    ['98765 43210', ['+919876543210'], 'IN'],
    ['612 345 678', ['+34612345678'], 'ES'],
    ['07700 900123', ['+447700900123'], 'GB'],
    ['my code: 07700 900123', [], 'GB'],
    ['0151 12345678', []],
    ['0049 151 12345678', ['+4915112345678']],
    ['0049 151 12345678', ['+4915112345678'], 'US'],
    ['0000 151 12345678', []],
    ['25.12.2026', [], 'DE'],
    ['2026-12-25 17:00', [], 'DE'],
    ['12345', [], 'DE'],
    ['order A4915112345678', [], 'DE'],
    ['0151 12345678', [], 'XX'],
    ['', []],
  ];
  for (const [text, phones, region] of cases) {
    it(`${JSON.stringify(text)} in ${region ?? 'an unknown country'} holds ${JSON.stringify(phones)}`, () => {
      expect(phonesIn(text, { region })).to.deep.equal(phones);
    });
  }

  it('tell their country', () => {
    expect(regionOfPhone('+4915112345678')).to.equal('DE');
    expect(regionOfPhone('4915112345678')).to.equal('DE');
    expect(regionOfPhone('US.13491208655302741918')).to.equal(undefined);
  });
});
