import { expect } from 'chai';
import { problemsIn } from '../../plugins/http-request/check.js';
import { headerText } from '../../src/requests/header-text.js';

describe('the value of a header', () => {
  it('is sent as it is where Latin-1 has its letters', () => {
    for (const value of ['plain', 'Müller & Søn', 'a; b="c"', 'tab\there', '']) expect(headerText('X-Name', value), value).to.equal(value);
  });

  it('holds no line break and no other control character', () => {
    expect(headerText('X-Name', ' a\r\nEvil: 1\0b\x01c\x7fd\n')).to.equal('a Evil: 1 b c d');
  });

  it('is percent-encoded where it has other letters: nothing of it is lost, and it is ASCII', () => {
    for (const value of ['Łukasz Żółć', '東京', 'Müller 👋', 'Привет, мир']) {
      const written = headerText('X-Name', value);
      expect(written, value).to.match(/^[\x20-\x7e]+$/);
      expect(decodeURIComponent(written)).to.equal(value);
    }
    expect(headerText('X-Name', 'half \ud83d sign'), 'half of an emoji').to.equal('half %EF%BF%BD sign');
  });

  it('is written as RFC 8187 says in the parameters of Content-Disposition', () => {
    const written = headerText('Content-Disposition', 'attachment; filename="Чай 1.pdf"; size=7');
    expect(written).to.equal('attachment; filename="_ 1.pdf"; filename*=UTF-8\'\'%D0%A7%D0%B0%D0%B9%201.pdf; size=7');
    expect(headerText('content-disposition', 'form-data; name="a"; filename=茶.txt')).to.equal(
      'form-data; name="a"; filename="_.txt"; filename*=UTF-8\'\'%E8%8C%B6.txt',
    );
    expect(headerText('Content-Disposition', 'attachment; filename="Grüße.pdf"')).to.equal('attachment; filename="Grüße.pdf"');
  });

  it('begins no other parameter: quotes and semicolons of a file name stay in it', () => {
    expect(headerText('Content-Disposition', 'attachment; filename="茶; x=y.pdf"')).to.equal(
      'attachment; filename="_; x=y.pdf"; filename*=UTF-8\'\'%E8%8C%B6%3B%20x%3Dy.pdf',
    );
  });
});

describe('the check of headers', () => {
  const problems = (name: string, value: string) =>
    problemsIn({
      method: 'GET',
      url: 'https://x',
      timeoutSeconds: 1,
      retries: 0,
      headers: [
        { name: 'Accept', value: '*/*' },
        { name, value },
      ],
    }).map(({ code, pointer, severity = 'error' }) => `${severity} ${code} ${pointer}`);

  it('refuses a name that no header can have', () => {
    for (const name of ['Größe', 'X Name', 'X:Name', 'X-Name:', 'X(Name)', '名前'])
      expect(problems(name, 'x'), name).to.deep.equal(['error request/bad-header /headers/1/name']);
    for (const name of ['X-Name', 'x_name', "!#$%&'*+.^`|~", 'X-{{ name }}', '{% if a %}A{% endif %}'])
      expect(problems(name, 'x'), name).to.deep.equal([]);
  });

  it('warns of letters that are sent percent-encoded', () => {
    expect(problems('X-Name', 'Łukasz')).to.deep.equal(['warning request/header-letters /headers/1/value']);
    for (const value of ['Müller', '{{ name }}', '']) expect(problems('X-Name', value), value).to.deep.equal([]);
  });
});
