import { expect } from 'chai';
import { COUNTRY_ZONES } from '../../src/text/country-zones.js';
import { isTimeZone } from '../../src/text/date.js';
import { zoneOfPhone } from '../../src/text/zone-of-phone.js';

describe('the time zone of a phone number', () => {
  it('is that of its country, with and without the plus', () => {
    expect(
      ['+4915112345678', '919876543210', '+81 ', '+84912345678', '5491123456789', '+441534 5', '+8613812345678'].map(zoneOfPhone),
    ).to.deep.equal([
      'Europe/Berlin',
      'Asia/Kolkata',
      undefined,
      'Asia/Ho_Chi_Minh',
      'America/Argentina/Buenos_Aires',
      undefined,
      'Asia/Shanghai',
    ]);
    expect(zoneOfPhone('+18765551234')).to.equal('America/Jamaica');
  });

  it('is unknown where the country has several, or where there is no country', () => {
    for (const phone of [
      '+12025550123',
      '+5511987654321',
      '+34612345678',
      '+61412345678',
      '+79161234567',
      'US.abc',
      '',
      '123',
      '+999123456789',
    ])
      expect(zoneOfPhone(phone), phone).to.equal(undefined);
  });

  it('is one that the host knows, of every country in the table', () => {
    expect(COUNTRY_ZONES.size).to.equal(226);
    expect([...COUNTRY_ZONES.values()].filter((zone) => !isTimeZone(zone))).to.deep.equal([]);
  });
});
