import { expect } from 'chai';
import { Mailboxes } from '../../src/contract/host/index.js';

describe('mailboxes', () => {
  /** Work that says when it begins, and ends when it is told to. */
  const begun: string[] = [];
  const job = (name: string) => {
    let end = () => {};
    const ended = new Promise<void>((done) => {
      end = done;
    });
    const work = () => {
      begun.push(name);
      return ended;
    };
    return { work, end };
  };

  it('do the work for one person one after another, and that for others beside it', async () => {
    const boxes = new Mailboxes();
    const [first, second, other] = [job('first'), job('second'), job('other')];
    const all = [boxes.put('ada', first.work), boxes.put('ada', second.work), boxes.put('bob', other.work)];
    await Promise.resolve();
    expect(begun).to.deep.equal(['first', 'other']);
    first.end();
    await all[0];
    await Promise.resolve();
    expect(begun).to.deep.equal(['first', 'other', 'second']);
    for (const one of [second, other]) one.end();
    await Promise.all(all);
  });

  it('go on after work that has failed', async () => {
    const boxes = new Mailboxes();
    const failed = boxes.put('ada', () => Promise.reject(new Error('no')));
    const next = boxes.put('ada', async () => 'done');
    expect(await failed.catch((error: Error) => error.message)).to.equal('no');
    expect(await next).to.equal('done');
  });
});
