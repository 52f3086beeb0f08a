import { expect } from 'chai';
import { limits as viber } from '../../platforms/viber/limits.js';
import { limits as whatsapp } from '../../platforms/whatsapp/limits.js';
import type { ChannelLimits, OutboundMessage } from '../../src/contract/index.js';
import { fitMessage } from '../../src/engine/fit-message.js';

const words = (count: number) => Array.from({ length: count }, (_, i) => `word${i}`).join(' ');
const yes = { id: 'y', title: 'Yes' };
const many = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `c${i}`, title: `Choice ${i}` }));
const size = (message: OutboundMessage | undefined) =>
  [...('text' in (message ?? {}) ? String((message as { text?: string }).text) : '')].length;

function fittedTo(message: OutboundMessage, limits: ChannelLimits = whatsapp) {
  const { parts, message: last, warnings } = fitMessage(message, limits);
  return { parts, last, codes: warnings.map(({ code }) => code) };
}

/** Everything that a person reads, without blanks: splitting must lose none of it. */
function read({ parts, last }: ReturnType<typeof fittedTo>): string {
  return [...parts, last]
    .map((one) => ('text' in one ? one.text : ''))
    .join('')
    .replace(/\s/g, '');
}

describe('a text that is longer than the channel takes', () => {
  it('is one message up to the limit, and two from one character more', () => {
    expect(fittedTo({ type: 'text', text: 'a'.repeat(4_096) }).parts).to.have.length(0);
    expect(fittedTo({ type: 'text', text: 'a'.repeat(4_097) }).parts).to.have.length(1);
  });

  it('comes in parts that lose no word, none longer than the limit', () => {
    const text = words(1_500);
    const fitted = fittedTo({ type: 'text', text });
    expect(read(fitted)).to.equal(text.replace(/\s/g, ''));
    expect(fitted.parts.length).to.be.greaterThan(1);
    for (const part of [...fitted.parts, fitted.last]) expect(size(part)).to.be.at.most(4_096);
    expect(fitted.codes).to.deep.equal([]);
  });

  it('has its buttons on the last part, which obeys its own limit', () => {
    const text = words(1_000);
    const fitted = fittedTo({ type: 'text', text, choices: [yes] });
    expect(read(fitted)).to.equal(text.replace(/\s/g, ''));
    expect(size(fitted.last)).to.be.at.most(1_024);
    expect('choices' in fitted.last && fitted.last.choices).to.deep.equal([yes]);
    for (const part of fitted.parts) expect(part).to.not.have.property('choices');
  });

  it('may be longer above a list than above buttons', () => {
    const text = 'a'.repeat(1_025);
    expect(fittedTo({ type: 'text', text, choices: many(4) }).parts).to.have.length(0);
    expect(fittedTo({ type: 'text', text, choices: many(3) }).parts).to.have.length(1);
    expect(fittedTo({ type: 'text', text: 'a'.repeat(4_097), choices: many(4) }).parts).to.have.length(1);
  });

  it('leaves room for the numbered choices below it', () => {
    const fitted = fittedTo({ type: 'text', text: 'a '.repeat(2_040), choices: many(12) });
    expect(fitted.parts).to.have.length(1);
    expect(size(fitted.last)).to.be.at.most(4_096 - 12 * 10);
  });

  it('is cut after ten parts, and the turn is told', () => {
    const fitted = fittedTo({ type: 'text', text: words(8_000) });
    expect(fitted.parts).to.have.length(9);
    expect('text' in fitted.last && fitted.last.text?.endsWith('…')).to.equal(true);
    expect(fitted.codes).to.deep.equal(['send/cut']);
  });

  it('quotes with its first part', () => {
    const { parts, last } = fittedTo({ type: 'text', text: words(1_500), replyTo: 'wamid.q' });
    expect([...parts, last].map(({ replyTo }) => replyTo)).to.deep.equal(['wamid.q', undefined, undefined, undefined]);
    expect(fittedTo({ type: 'text', text: 'a', replyTo: 'wamid.q' }).last.replyTo).to.equal('wamid.q');
  });

  it('shows a preview of its links in every part, or in none', () => {
    const { parts, last } = fittedTo({ type: 'text', text: words(1_000), previewUrl: false });
    expect([...parts, last].map((one) => one.type === 'text' && one.previewUrl)).to.deep.equal([false, false]);
  });

  it('is longer on Viber', () => {
    expect(fittedTo({ type: 'text', text: 'a'.repeat(7_000) }, viber).parts).to.have.length(0);
    expect(fittedTo({ type: 'text', text: 'a'.repeat(7_001) }, viber).parts).to.have.length(1);
  });
});

describe('a caption that is longer than the channel takes', () => {
  const image = { type: 'image', url: 'https://x.example/a.png' } as const;

  it('comes after its picture, as a text', () => {
    const text = 'a'.repeat(1_025);
    expect(fittedTo({ ...image, text }).parts).to.deep.equal([image]);
    expect(fittedTo({ ...image, text }).last).to.deep.equal({ type: 'text', text });
    expect(fittedTo({ ...image, text: text.slice(1) }).parts).to.deep.equal([]);
  });

  it('takes the choices with it', () => {
    const text = words(300);
    const fitted = fittedTo({ ...image, text, choices: [yes], footer: 'small', header: 'big' });
    expect(fitted.parts[0]).to.deep.equal(image);
    expect(read(fitted)).to.equal(text.replace(/\s/g, ''));
    expect(fitted.last).to.include({ footer: 'small', header: 'big' });
    expect('choices' in fitted.last && fitted.last.choices).to.deep.equal([yes]);
  });

  it('counts the picture among the ten parts', () => {
    expect(fittedTo({ ...image, text: words(8_000) }).parts).to.have.length(9);
  });
});

describe('what cannot be split', () => {
  it('is cut, and the turn is told of each', () => {
    const long = 'x'.repeat(100);
    const { last, codes } = fittedTo({
      type: 'text',
      text: 'a',
      header: long,
      footer: long,
      choices: [
        { id: 'a', title: long },
        { id: 'b', title: long },
      ],
    });
    expect(codes).to.deep.equal(['send/cut', 'send/cut', 'send/cut', 'send/cut']);
    expect(last).to.deep.equal({
      type: 'text',
      text: 'a',
      header: `${'x'.repeat(59)}…`,
      footer: `${'x'.repeat(59)}…`,
      choices: [
        { id: 'a', title: `${'x'.repeat(19)}…` },
        { id: 'b', title: `${'x'.repeat(17)}… 2` },
      ],
    });
  });

  it('stays as it is where it fits', () => {
    const message: OutboundMessage = {
      type: 'text',
      text: 'a',
      header: 'h',
      footer: 'f',
      listButton: 'l',
      choices: [{ ...yes, description: 'd' }],
    };
    expect(fittedTo(message)).to.deep.equal({ parts: [], last: message, codes: [] });
  });

  it('has the limits of a list where it is shown as one', () => {
    const description = 'd'.repeat(73);
    const { last } = fittedTo({
      type: 'text',
      text: 'a',
      listButton: 'l'.repeat(21),
      choices: [{ id: 'a', title: 't'.repeat(24), description }],
    });
    expect(last).to.deep.include({
      listButton: `${'l'.repeat(19)}…`,
      choices: [{ id: 'a', title: 't'.repeat(24), description: `${'d'.repeat(71)}…` }],
    });
  });

  it('in a link and in cards, too', () => {
    const long = 'x'.repeat(200);
    const card = { imageUrl: 'https://x', text: long, button: long, url: 'https://x' };
    const { last, codes } = fittedTo({ type: 'carousel', text: 'a', cards: [card, card] });
    expect(codes).to.have.length(4);
    expect('cards' in last && [...(last.cards[0]?.text ?? '')].length).to.equal(160);
    const link = fittedTo({ type: 'link', text: words(300), button: long, url: 'https://x' });
    expect(link.codes).to.deep.equal(['send/cut']);
    expect(size(link.last)).to.be.at.most(1_024);
    expect(read(link)).to.equal(words(300).replace(/\s/g, ''));
  });
});

describe('a document without a name', () => {
  const named = (url: string) => {
    const { last } = fittedTo({ type: 'document', url });
    return 'fileName' in last ? last.fileName : undefined;
  };

  it('has that of its address', () => {
    expect(named('https://x.example/files/Your%20bill.pdf?token=1#top')).to.equal('Your bill.pdf');
    expect(named('https://x.example/a%zz.pdf')).to.equal('a%zz.pdf');
  });

  it('has none where the address has none', () => {
    expect(named('https://x.example/')).to.equal(undefined);
    expect(named('https://x.example')).to.equal(undefined);
  });

  it('keeps the one that it has', () => {
    expect(fittedTo({ type: 'document', url: 'https://x.example/a.pdf', fileName: 'b.pdf' }).last).to.include({ fileName: 'b.pdf' });
  });
});

describe('a carousel with fewer cards than the channel shows', () => {
  it('is a picture with the link of its only card below', () => {
    const card = { imageUrl: 'https://example.com/1.jpg', text: 'Bread', url: 'https://example.com/bread' };
    const { parts, last } = fittedTo({ type: 'carousel', text: 'Today', cards: [card] });
    expect(parts).to.deep.equal([{ type: 'image', url: card.imageUrl }]);
    expect(last).to.deep.equal({ type: 'link', text: 'Today\n\nBread', button: 'Open', url: card.url });
  });
});
