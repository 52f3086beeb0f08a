import { expect } from 'chai';
import { hasKeyword, type KeywordMode, keywordOf, searchedText } from '../../src/text/find-keyword.js';

const heard = (keyword: string, text: string, mode: KeywordMode) => hasKeyword(searchedText(text), keywordOf(keyword), mode);

describe('a keyword at the beginning', () => {
  const yes: readonly (readonly [keyword: string, text: string])[] = [
    ['hello', 'Hello there'],
    ['hello', 'HÉLLO, you'],
    ['hello', 'hello👋'],
    ['hello', '👋 hello'],
    ['hello', 'Hello😊😊'],
    ['hello', 'hello❤️'],
    ['hello', 'hello👋there'],
    ['hello', '*hello* there'],
    ['hello', '…hello…'],
    ['Hello! 👋', 'hello'],
    ['order', '\u200forder'],
    ['order', '\u2068order\u2069'],
    ['order', 'or\u00adder\u200b'],
    ['order', 'order-17'],
    ['order', 'order#17'],
    ['order status', 'order   status, please'],
    ['t-shirt', 'T-shirt!'],
    ['t-shirt', 'T\u2011Shirt'],
    ['e-mail', 'E–Mail'],
    ['order', 'order — 17'],
    ['order', '```order```'],
    ['order', '`order` 17'],
    ['straße', 'STRASSE'],
    ['kırmızı', 'KIRMIZI'],
    ['istanbul', 'İSTANBUL'],
    ['office', 'oﬃce'],
    ['مرحبا', 'مَرْحَبًا يا'],
    ['دان', 'دـان'],
    ['दान', 'दान दो'],
    ['パン', 'ﾊﾟﾝ'],
    ['สวัสดี', 'สวัสดีครับ'],
    ['退款', '退款吗'],
    ['退款', '退款，谢谢'],
    ['refund', 'refund吧'],
    ['1', '1️⃣'],
    ['1', '١'],
    ['C++', 'c++ please'],
    ['#', '#'],
    ['#', '# please'],
    ['*', '*'],
    ['?', '??'],
    ['👋', '👋🏽 hi'],
    ['❤', '❤️hi'],
  ];
  for (const [keyword, text] of yes)
    it(`${keyword} is heard in ${JSON.stringify(text)}`, () => expect(heard(keyword, text, 'firstWord')).to.equal(true));

  const no: readonly (readonly [keyword: string, text: string])[] = [
    ['hello', 'oh hello'],
    ['hello', 'helloween'],
    ['दान', 'दिन'],
    ['パン', 'ハン'],
    ['ข้าว', 'ข่าว'],
    ['कि', 'की'],
    ['C', 'C++'],
    ['A+', 'A-'],
    ['1', '-1'],
    ['1', '10'],
    ['1', '1%'],
    ['人', '人民币'],
    ['#', '#sale'],
    ['*', '*bold*'],
    ['#', 'hash'],
    ['hi', ''],
    [' ', 'hi'],
    ['\u200b', '\u200b'],
  ];
  for (const [keyword, text] of no)
    it(`${JSON.stringify(keyword)} is not heard in ${JSON.stringify(text)}`, () =>
      expect(heard(keyword, text, 'firstWord')).to.equal(false));
});

describe('a keyword alone', () => {
  it('forgives signs, emoji and marks, and nothing else', () => {
    for (const text of [' Stop! ', 'STOP 🛑', '*stop*', '\u200fstop']) expect(heard('stop', text, 'onlyWord'), text).to.equal(true);
    for (const text of ['stop it', 'stop-it', 'please stop']) expect(heard('stop', text, 'onlyWord'), text).to.equal(false);
    expect(heard('👍', '👍🏿', 'onlyWord')).to.equal(true);
    expect(heard('?', '??', 'onlyWord')).to.equal(false);
  });
});

describe('a keyword anywhere', () => {
  const cases: readonly (readonly [keyword: string, text: string, isHeard: boolean])[] = [
    ['price', 'what is the Price?', true],
    ['price', 'priceless', false],
    ['price', 'overprice', false],
    ['price', 'the-price-now', true],
    ['17', 'order-17', true],
    ['17', 'it was -17', false],
    ['art', 'start the art', true],
    ['退款', '我要退款', true],
    ['ยกเลิก', 'ขอยกเลิกครับ', true],
    ['キャンセル', '予約をキャンセルしたい', true],
    ['បោះបង់', 'ខ្ញុំចង់បោះបង់', true],
    ['refund', '我要refund', true],
    ['fund', '我要refund', false],
    ['ขา', 'ข้าว', false],
    ['กา', 'กา\u0e49', false],
    ['दन', 'वेदना दन', true],
    ['दन', 'वेदना', false],
    ['👋', 'hi 👋 there', true],
    ['?', 'really? yes', true],
    ['*', '5*3', false],
    ['#', 'press # now', true],
  ];
  for (const [keyword, text, isHeard] of cases) {
    it(`${keyword} is ${isHeard ? '' : 'not '}heard in ${JSON.stringify(text)}`, () =>
      expect(heard(keyword, text, 'anywhere')).to.equal(isHeard));
  }
});
