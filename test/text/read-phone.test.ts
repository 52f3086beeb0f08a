import { expect } from 'chai';
import { isPhoneDigits, readPhone } from '../../src/text/read-phone.js';

describe('a phone number in a text', () => {
  const cases: readonly (readonly [text: string, number: string | undefined])[] = [
    ['+4915112345678', '+4915112345678'],
    [' +49 1511 2345678 ', '+4915112345678'],
    ['+49 (0)1511 2345678', '+4915112345678'],
    ['+49-(0)-1511-2345678', '+4915112345678'],
    ['(+49) 1511 2345678', '+4915112345678'],
    ['(+49 1511 2345678', undefined],
    ['+49 151/12345678', '+4915112345678'],
    ['+49 1511 2345678 ext. 5', '+4915112345678'],
    ['+49 1511 2345678 x5', '+4915112345678'],
    ['+4915112345678;ext=5', '+4915112345678'],
    ['\u202a+49 1511 2345678\u202c', '+4915112345678'],
    ['＋４９ 1511 2345678', '+4915112345678'],
    ['+٤٩١٥١١٢٣٤٥٦٧٨', '+4915112345678'],
    ['+7 (916) 123-45-67', '+79161234567'],
    ['+39 06 12345678', '+390612345678'],
    ['+1 555 000 1111', '+15550001111'],
    ['4915112345678', '+4915112345678'],
    ['551199998888', '+551199998888'],
    ['+5215512345678', '+5215512345678'],
    ['5215512345678', '+5215512345678'],
    ['+525512345678', '+525512345678'],
    ['5491123456789', '+5491123456789'],
    ['15550001111', undefined],
    ['00491511234567', undefined],
    ['01511 2345678', undefined],
    ['(030) 12345678', undefined],
    ['+4915112345678, +4915112345679', undefined],
    ['+4915112345678 / +4915112345679', undefined],
    ['+4915112345678 +4915112345679', undefined],
    ['+4915112345678 4915112345679', undefined],
    ['+491511234567/68', undefined],
    ['call +4915112345678', undefined],
    ['+4915112345678 please', undefined],
    ['+4915112345678 (mobile)', undefined],
    ['+1-800-356-FLOWERS', undefined],
    ['+49 1511 234567 ABC', undefined],
    ['+12', undefined],
    ['+', undefined],
    ['', undefined],
    ['US.1234567890', undefined],
    ['01234567890A=', undefined],
    [`+${'4'.repeat(200)}`, undefined],
  ];
  for (const [text, number] of cases)
    it(`${JSON.stringify(text.slice(0, 40))} is ${number ?? 'no address'}`, () => expect(readPhone(text)).to.equal(number));
});

describe('the digits of a phone number', () => {
  for (const digits of ['4915112345678', '1234567', '123456789012345'])
    it(`may be ${digits}`, () => expect(isPhoneDigits(digits)).to.equal(true));
  for (const digits of ['004915112345678', '0151123456', '123456', '1234567890123456', '', '+4915112345678', '49 151', '٤٩١٥١١٢٣٤٥']) {
    it(`cannot be ${JSON.stringify(digits)}`, () => expect(isPhoneDigits(digits)).to.equal(false));
  }
});
