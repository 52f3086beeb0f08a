import { expect } from 'chai';
import { languagesOfWords } from '../../src/text/common-words.js';
import { comparableLanguage, languageOf, threeLetterCode } from '../../src/text/language-of.js';

describe('the language of a text', () => {
  const cases: readonly (readonly [text: string, language: string | undefined])[] = [
    ['Where is my order?', 'en'],
    ['Können Sie mir helfen?', 'de'],
    ['Hola, quisiera reservar una mesa para dos', 'es'],
    ['Pouvez-vous m’aider ?', 'fr'],
    ['Oi, tudo bem? quero marcar um horário', 'pt'],
    ['Waar is mijn bestelling?', 'nl'],
    ['Saya ingin meja untuk dua orang', 'id'],
    ['Tôi muốn đặt bàn cho hai người', 'vi'],
    ['Siparişim nerede?', 'tr'],
    ['Де моє замовлення?', 'uk'],
    ['Где мой заказ?', 'ru'],
    ['أين طلبي؟', 'ar'],
    ['मेरा ऑर्डर कहाँ है?', 'hi'],
    ['สินค้าของฉันอยู่ที่ไหน', 'th'],
    ['我的订单在哪里？', 'zh'],
    ['注文はどこですか？', 'ja'],
    ['제 주문은 어디에 있나요?', 'ko'],
    ['HOLA!', 'es'],
    ['gracias 🙏', 'es'],
    ['Merci', 'fr'],
    ['ciao', 'it'],
    ['olá', 'pt'],
    ['Здравствуйте', 'ru'],
    ['hallo danke', 'de'],
    ['hallo', undefined],
    ['ok', undefined],
    ['12345', undefined],
    ['', undefined],
    ['👍👍', undefined],
    ['https://beispiel.example/guten-tag', undefined],
    ['bonjour@example.com +33 1 42 68 53 00', undefined],
    ['xyz', undefined],
  ];
  for (const [text, language] of cases)
    it(`${JSON.stringify(text)} ${language === undefined ? 'says nothing' : `is ${language}`}`, () => {
      expect(languageOf(text)?.language).to.equal(language);
    });

  it('has an accuracy between 0.5 and 1, which is 1 for words that are known', () => {
    expect(languageOf('Gracias')?.accuracy).to.equal(1);
    expect(languageOf('Hola, quisiera reservar una mesa para dos')?.accuracy).to.be.within(0.5, 0.8);
  });

  it('is written with two letters, three, or a region', () => {
    expect(['de', 'zh', 'fa', 'xx'].map(threeLetterCode)).to.deep.equal(['deu', 'cmn', 'pes', 'xx']);
    expect(['de', 'DEU', 'pt-BR', 'pt_BR', 'cmn', 'xyz', ''].map(comparableLanguage)).to.deep.equal([
      'de',
      'de',
      'pt',
      'pt',
      'zh',
      'xyz',
      '',
    ]);
  });

  it('is found by words only if all of them are known in it', () => {
    expect(languagesOfWords(['hej'])).to.deep.equal(['da', 'sv']);
    expect(languagesOfWords(['hej', 'Tack'])).to.deep.equal(['sv']);
    expect(languagesOfWords(['hej', 'toString'])).to.deep.equal([]);
  });
});
