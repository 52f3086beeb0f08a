import { expect } from 'chai';
import { START_WORDS, STOP_WORDS, stopAnswer, wordFinder } from '../../src/text/opt-out-words.js';

const isStop = wordFinder(STOP_WORDS);
const isStart = wordFinder(START_WORDS);

describe('STOP and START words', () => {
  it('are the whole message, however they are written', () => {
    for (const text of [
      'STOP',
      'stop',
      ' Stop. ',
      'STOP!!!',
      '*stop*',
      '🛑 Stop 🛑',
      'ＳＴＯＰ',
      '\u200estop',
      'sto\u00adp',
      'Stop\n',
      'ſtop',
      '"stop"',
    ])
      expect(isStop(text), text).to.equal(true);
    for (const text of ['please stop', 'stop it', 'nonstop', 'stop 1', 'bus stop', '', '!!!', 's t o p', `stop${' '.repeat(500)}x`])
      expect(isStop(text), text).to.equal(false);
  });

  it('are known in nine languages, with and without accents and points', () => {
    const words = [
      'unsubscribe',
      'Opt-out',
      'opt out',
      'Stop promotions',
      'STOPP!',
      'parar',
      'Não quero mais mensagens',
      'désabonner',
      'DESABONNER',
    ];
    for (const text of [...words, 'disiscrivimi', 'बंद करो', 'रोकें', 'หยุด']) expect(isStop(text), text).to.equal(true);
    // Tatweel, points, other forms of alef, presentation forms.
    for (const text of ['توقف', 'تـوقـــف', 'تَوَقَّفْ', 'إيقاف', 'ايقاف', 'إلغاء الاشتراك', 'الغاء الاشتراك!', '\ufe97\ufeee\ufed7\ufed2'])
      expect(isStop(text), text).to.equal(true);
    for (const text of ['start', 'UNSTOP', 'anmelden', 'iniciar', 'ابدأ', 'शुरू करें', 'เริ่ม']) expect(isStart(text), text).to.equal(true);
  });

  it('are none that mean something else', () => {
    for (const text of ['cancel', 'end', 'quit', 'no', 'baja', 'sair', 'exit', 'arrêt', 'إلغاء', 'ยกเลิก', 'रद्द करें', 'halt', 'para', 'alto'])
      expect(isStop(text), text).to.equal(false);
    for (const text of ['yes', 'ja', 'ok', 'hello']) expect(isStart(text), text).to.equal(false);
    expect(STOP_WORDS.filter(isStart)).to.deep.equal([]);
  });

  it('can be others, with digits of any script, and symbols', () => {
    const isOwn = wordFinder(['Stop 24', '🛑', '#off']);
    for (const text of ['stop 24', 'STOP ٢٤', '🛑', ' 🛑 ', '#OFF']) expect(isOwn(text), text).to.equal(true);
    for (const text of ['stop', '24', 'off', 'x🛑']) expect(isOwn(text), text).to.equal(false);
    expect(wordFinder([])('stop')).to.equal(false);
  });

  it('are answered in the language of the person, else in that of the word, else in English', () => {
    expect(stopAnswer('stop', 'de-AT')).to.include('keine Nachrichten');
    expect(stopAnswer('توقف', undefined)).to.include('START');
    expect(stopAnswer('توقف', undefined)).to.not.equal(stopAnswer('stop', undefined));
    expect(stopAnswer('parar', 'xx')).to.equal(stopAnswer('stop', 'en'));
    expect(stopAnswer('stopp', 'fr')).to.include('messages de notre part');
  });
});
