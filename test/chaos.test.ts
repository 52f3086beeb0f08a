import { Agent, createServer, request } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { expect } from 'chai';
import { IN_PASSING, phoneOf, twoAddresses, userIdOf, writerOf } from '../chaos/addresses.js';
import { count, type Evidence, isFaultless, type Send, type Turn } from '../chaos/count.js';
import { connectionKey, type HostProcess } from '../chaos/hosts.js';
import { readOptions } from '../chaos/options.js';
import { ACCOUNT, BOT, type Provider, startProvider } from '../chaos/provider.js';
import { createChance } from '../chaos/random.js';
import { hasPassed, type Outcome } from '../chaos/report.js';
import { openSendBook } from '../chaos/send-book.js';
import { flowOf, lineOf, MANNERS } from '../chaos/talk.js';
import { SEND_LEASE } from '../src/contract/host/index.js';
import { until } from './support/small-world.js';

/** What chance says for an answer that is lost, and for nothing at all. */
const [ANSWER_LOST, NO_FAULT] = [0.001, 0.999];
const said = (number: number, accepted = true) => ({ event: `wa:${number}`, ...lineOf('patient', number), accepted });
const [hello = '', question = ''] = lineOf('patient', 1).replies;
const [answer = '', second = ''] = lineOf('patient', 2).replies;
const sent = (effect: string, text: string, more: Partial<Send> = {}): Send => ({ effect, text, askedAt: 0, ...more });
const turns = (...events: readonly string[]): readonly Turn[] => events.map((event, i) => ({ turn: i + 1, event }));
const whole: Evidence = {
  name: 'Ada',
  said: [said(1), said(2)],
  sends: [sent('s.1.0', hello), sent('s.1.1', question), sent('s.2.0', answer), sent('s.2.1', second)],
  logs: [turns('wa:1', 'wa:2')],
  failed: [],
};
/** She said a word in passing under her user id, and Meta told both addresses with her second message. */
const merged: Evidence = {
  ...whole,
  said: [{ event: 'wa:0', text: IN_PASSING, replies: [], accepted: true }, ...whole.said],
  logs: [turns('wa:0', 'merge:s', 'wa:2'), turns('wa:1', 'merged:r', 'merged:r:done')],
};
const counted = (change: Partial<Evidence>) => count([{ ...whole, ...change }]);
const without = (text: string) => whole.sends.filter((one) => one.text !== text);
const withRepeat = (first: Partial<Send>, again: Partial<Send> = {}) =>
  whole.sends.flatMap((one) =>
    one.text === answer
      ? [
          { ...one, ...first },
          { ...one, askedAt: 30_000, ...again },
        ]
      : [one],
  );

describe('what a run of chaos comes to', () => {
  it('a conversation that went well is good', () => {
    const totals = counted({});
    expect(totals).to.deep.include({ accepted: 2, sends: 4, lost: [], doubled: [], disordered: [], unexplained: [], givenUp: 0 });
    expect(isFaultless(totals)).to.equal(true);
  });

  it('a run in which nothing was accepted shows nothing, so it is not good', () => {
    expect(isFaultless(count([]))).to.equal(false);
  });

  it('an accepted message in no turn is lost', () => {
    const totals = counted({ logs: [turns('wa:1')] });
    expect(totals.lost).to.deep.equal(['Ada: "m2" is in no turn']);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('an accepted message is lost when one of its replies never came', () => {
    const totals = counted({ sends: without(second) });
    expect(totals.lost).to.deep.equal([`Ada: "m2" was never answered with "${second}"`]);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('a reply that the host shows as failed is given up, not lost', () => {
    expect(counted({ sends: without(second), failed: [second] })).to.deep.include({ lost: [], givenUp: 1 });
  });

  it('what was never answered with 200 need not be anywhere', () => {
    const totals = counted({ said: [said(1), said(2, false)], sends: whole.sends.slice(0, 2), logs: [turns('wa:1')] });
    expect(totals).to.deep.include({ accepted: 1, lost: [] });
    expect(isFaultless(totals)).to.equal(true);
  });

  it('an event in two turns is doubled', () => {
    const totals = counted({ logs: [turns('wa:1', 'wa:2', 'wa:2')] });
    expect(totals.doubled).to.deep.equal(['Ada: wa:2 was taken in two turns']);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('a text that only a second turn can have made is doubled', () => {
    const totals = counted({ sends: [...whole.sends, sent('s.3.0', 'm2: answer 2')] });
    expect(totals.doubled).to.deep.equal(['Ada: nobody was to hear "m2: answer 2"']);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('one text of two effects is doubled, and so are two texts of one effect', () => {
    expect(counted({ sends: [...whole.sends, sent('s.3.0', second)] }).doubled).to.deep.equal([
      `Ada: "${second}" was asked for by s.2.1 and s.3.0`,
    ]);
    const sends = whole.sends.map((one) => (one.text === second ? { ...one, effect: 's.2.0' } : one));
    expect(counted({ sends }).doubled).to.deep.equal([`Ada: s.2.0 said "${answer}", "${second}"`]);
  });

  it('a reply before one that was asked for earlier is disorder', () => {
    const [first, other, ...rest] = whole.sends;
    const totals = counted({ sends: [other, first, ...rest].flatMap((one) => one ?? []) });
    expect(totals.disordered).to.deep.equal([`Ada: "${hello}" came after "${question}"`]);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('a repeat after something later is disorder', () => {
    const again = sent('s.2.0', answer, { askedAt: 30_000 });
    expect(counted({ sends: [...whole.sends, again] }).disordered).to.deep.equal([`Ada: "${answer}" came after "${second}"`]);
  });

  it('a gap in the turn log is told', () => {
    const logs = [turns('wa:1', 'wa:2').map((one, i) => ({ ...one, turn: i * 2 + 1 }))];
    expect(counted({ logs }).disordered).to.deep.equal(['Ada: the log has turn 3 in place 2']);
  });

  it('of a person who was merged the logs of both contacts count, each in its own order', () => {
    const totals = count([merged]);
    expect(totals).to.deep.include({ accepted: 3, merges: 1, lost: [], doubled: [], disordered: [], unexplained: [] });
    expect(isFaultless(totals)).to.equal(true);
    expect(counted({}).merges).to.equal(0);
  });

  it('a start by a flow is lost if its text never came, and doubled if two effects said it', () => {
    const told = { said: [{ text: 'm5', replies: ['m5: told'], accepted: true }], logs: [] };
    expect(counted({ ...told, sends: [] }).lost).to.deep.equal(['Ada: "m5" was never answered with "m5: told"']);
    expect(isFaultless(counted({ ...told, sends: [sent('c.1.0', 'm5: told')] }))).to.equal(true);
    expect(counted({ ...told, sends: [sent('c.1.0', 'm5: told'), sent('c.2.0', 'm5: told')] }).doubled).to.have.length(1);
  });

  it('a message that both contacts of a person have taken is doubled, and one that neither has is lost', () => {
    const [winner = [], loser = []] = merged.logs;
    const twice = count([{ ...merged, logs: [turns('wa:0', 'merge:s', 'wa:2', 'wa:1'), loser] }]);
    expect(twice.doubled).to.deep.equal(['Ada: wa:1 was taken in two turns']);
    expect(count([{ ...merged, logs: [winner] }]).lost).to.deep.equal([`Ada: "patient m1" is in no turn`]);
    expect(count([{ ...merged, logs: [winner.slice(1), loser] }])).to.deep.include({
      lost: [`Ada: "${IN_PASSING}" is in no turn`],
      disordered: ['Ada: the log has turn 2 in place 1', 'Ada: the log has turn 3 in place 2'],
    });
  });

  it('two turns of one number in one log are doubled; the same number in the log of another contact is right', () => {
    const logs = [[...turns('wa:1', 'wa:2'), { turn: 2, event: 'x' }], turns('y')];
    expect(counted({ logs }).doubled).to.deep.equal(['Ada: there are two turns 2']);
  });

  it('a run in which nobody was merged, a host was not killed as often as asked for, or a start is missing, is not whole', () => {
    const outcome = (people: readonly Evidence[], kills: number): Outcome => ({
      options: { kills: 2, seed: 1, hosts: 1, people: 1, burst: 0, limit: 1 },
      totals: count(people),
      started: 0,
      handedOver: 1,
      refused: [],
      modelCalls: 1,
      waiting: 0,
      moments: new Map([['with a merge', kills]]),
      disturbances: new Map(),
      faults: new Map(),
      book: { connections: new Map(), ownEnds: [], lines: new Map(), errors: [] },
      seconds: { killing: 1, all: 1 },
    });
    const all = [outcome([merged], 2), outcome([whole], 2), outcome([merged], 1)];
    expect(all.map(hasPassed)).to.deep.equal([true, false, false]);
    expect(hasPassed({ ...outcome([merged], 2), waiting: 1 })).to.equal(false);
    expect(hasPassed({ ...outcome([merged], 2), started: 1 })).to.equal(false);
    expect(hasPassed({ ...outcome([merged], 2), handedOver: 0 })).to.equal(false);
    expect(hasPassed({ ...outcome([merged], 2), refused: ['operator: 409'] })).to.equal(false);
  });

  it('a repeat after a lost answer, or after the host was killed, is told with its reason', () => {
    const lost = counted({ sends: withRepeat({ doubt: 'the answer was lost' }) });
    expect(lost).to.deep.include({ repeats: { 'the answer was lost': 1, 'the host was killed': 0 }, unexplained: [] });
    expect(isFaultless(lost)).to.equal(true);
    const killed = counted({ sends: withRepeat({ doubt: 'the host was killed' }) });
    expect(killed.repeats).to.deep.equal({ 'the answer was lost': 0, 'the host was killed': 1 });
  });

  it('a repeat of what was answered to a host that lived on is unexplained', () => {
    const totals = counted({ sends: withRepeat({}) });
    expect(totals.unexplained).to.deep.equal([
      `Ada: "${answer}" was sent again after 30000 ms although its host was answered and lived on`,
    ]);
    expect(isFaultless(totals)).to.equal(false);
  });

  it('a repeat of what a host had stored as taken is unexplained, killed or not', () => {
    const totals = counted({ sends: withRepeat({ doubt: 'the host was killed', isSettled: true }) });
    expect(totals.unexplained).to.deep.equal([`Ada: "${answer}" was sent again although a host had stored that it was taken`]);
  });

  it('a repeat before a receipt had its time to come is unexplained', () => {
    const totals = counted({ sends: withRepeat({ doubt: 'the host was killed' }, { askedAt: 19_000 }) });
    expect(totals.unexplained).to.deep.equal([`Ada: "${answer}" was sent again after 19000 ms, before a receipt had its time to come`]);
  });

  it('a repeat after a receipt was stored is unexplained, whatever became of the answer', () => {
    const totals = counted({ sends: withRepeat({ doubt: 'the answer was lost', provenAt: 2_000 }) });
    expect(totals.unexplained).to.deep.equal([`Ada: "${answer}" was sent again although a receipt had shown that it was taken`]);
    const tooLate = counted({ sends: withRepeat({ doubt: 'the answer was lost', provenAt: 29_900 }) });
    expect(tooLate.unexplained).to.deep.equal([]);
  });
});

describe('the provider of chaos', () => {
  const brought: string[] = [];
  const webhooks = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      brought.push(body);
      response.end();
    });
  });
  let provider: Provider;
  let fault = NO_FAULT;
  before(async () => {
    await new Promise<void>((done) => webhooks.listen(0, '127.0.0.1', done));
    const host = `http://127.0.0.1:${(webhooks.address() as AddressInfo).port}`;
    provider = await startProvider([host], { chance: { ...createChance(1), between: () => fault }, processOf: () => undefined });
  });
  after(async () => {
    await provider.close();
    webhooks.close();
  });

  /** A send as a host makes it; false when it was not answered. */
  const send = (to: string, agent = new Agent()) =>
    new Promise<boolean>((done) => {
      const path = `/v25.0/${ACCOUNT.phoneNumberId}/messages`;
      const headers = { authorization: `Bearer ${ACCOUNT.accessToken}` };
      const message = {
        messaging_product: 'whatsapp',
        to,
        type: 'text',
        text: { body: 'hello' },
        biz_opaque_callback_data: `effect-${to}`,
      };
      request(`${provider.urls.whatsapp}${path}`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => done(response.statusCode === 200));
      })
        .on('error', () => done(false))
        .end(JSON.stringify(message));
    });
  const doubt = (to: string) => provider.sendsTo(to)[0]?.doubt;

  it('knows what was answered, and when a receipt of it was stored', async () => {
    fault = NO_FAULT;
    const agent = new Agent({ keepAlive: true });
    expect(await send('491001', agent)).to.equal(true);
    await until(() => provider.sendsTo('491001')[0]?.provenAt !== undefined);
    expect(provider.sendsTo('491001')[0]).to.include({ effect: 'effect-491001', text: 'hello' });
    expect(doubt('491001')).to.equal(undefined);
    agent.destroy();
  });

  it('knows which answer it lost', async () => {
    fault = ANSWER_LOST;
    expect(await send('491002')).to.equal(false);
    expect(doubt('491002')).to.equal('the answer was lost');
  });

  it('knows whose host was killed while it had to store the answer, and whose lived on', async () => {
    // Both have a connection from port 1, to different providers.
    const lives = new Map<string, HostProcess>([
      [connectionKey(1, 8), { killedAt: 30_000 }],
      [connectionKey(1, 9), {}],
    ]);
    const book = openSendBook({ chance: createChance(1), processOf: (connection) => lives.get(connection) });
    const sends: readonly (readonly [to: string, provider: number, askedAt: number])[] = [
      ['491003', 8, 30_000 - SEND_LEASE],
      ['491004', 8, 30_001 - SEND_LEASE],
      ['491005', 9, 29_000],
    ];
    for (const [to, localPort, askedAt] of sends) {
      const connection = Object.defineProperties(new Socket(), { remotePort: { value: 1 }, localPort: { value: localPort } });
      const taken = { id: to, channel: 'wa', to, text: 'hello', effect: `effect-${to}`, namesEffect: true };
      book.note({ ...taken, askedAt, fault: {}, connection }, () => Promise.resolve());
    }
    await new Promise((done) => setImmediate(done));
    expect(sends.map(([to]) => book.sendsTo(to)[0]?.doubt)).to.deep.equal([undefined, 'the host was killed', undefined]);
  });

  it('is Viber as well, whose receipts prove nothing', async () => {
    fault = NO_FAULT;
    const headers = { 'x-viber-auth-token': BOT.authToken };
    const message = {
      receiver: 'ada==',
      sender: { name: 'Bot' },
      tracking_data: 'effect-ada [["id","Title"]]',
      type: 'text',
      text: 'hello',
    };
    await provider.bring('viber', { from: 'ada==', id: '4900000000000000001', at: 1, text: 'hi' });
    await fetch(`${provider.urls.viber}/pa/send_message`, { method: 'POST', headers, body: JSON.stringify(message) });
    expect(provider.sendsTo('ada==')[0]).to.include({ effect: 'effect-ada', text: 'hello' }).and.to.not.have.property('provenAt');
  });

  it('tells both addresses of one person in a message or in an answer, and says when it does so first', async () => {
    fault = NO_FAULT;
    let merges = 0;
    const next = () =>
      provider.atNextMerge(() => {
        merges += 1;
      });
    next();
    const both = { from: '491006', userId: userIdOf('491006') };
    await provider.bring('whatsapp', { ...both, id: 'wamid.both', at: 1, text: 'hi' });
    expect(brought.find((body) => body.includes('wamid.both')))
      .to.include('"from_user_id":"DE.491006"')
      .and.include('"from":"491006"');
    next();
    await provider.bring('whatsapp', { ...both, id: 'wamid.again', at: 1, text: 'hi' });
    await send('491007');
    expect(merges).to.equal(1);
    provider.learn('491007');
    await send('491007');
    await send('491007');
    expect(merges).to.equal(2);
    expect(provider.sendsTo('491007')).to.have.length(3);
  });

  it('lets a host be killed while a send of it is not answered yet', async () => {
    fault = NO_FAULT;
    let taken = -1;
    provider.atNextSend(() => {
      taken = provider.sendsTo('491005').length;
    });
    await send('491005');
    await send('491005');
    expect([taken, provider.sendsTo('491005').length]).to.deep.equal([0, 2]);
  });
});

describe('the options of chaos', () => {
  it('are fifty kills of one host, or of one of two on MongoDB, within ten minutes', () => {
    expect(readOptions(['--seed', '7'], undefined)).to.deep.equal({ kills: 50, hosts: 1, seed: 7, people: 120, burst: 1_000, limit: 10 });
    expect(readOptions(['--kills', '1000'], 'mongodb://db/parley')).to.include({ kills: 1_000, hosts: 2, limit: 50 });
  });

  it('are refused in words', () => {
    expect(readOptions(['--kills', 'many'], undefined)).to.equal('--kills takes a number');
    expect(readOptions(['--hosts', '2'], undefined)).to.match(/need MONGODB_URL/);
    expect(readOptions(['--chaos'], undefined)).to.match(/--chaos/);
  });
});

describe('the addresses of people in chaos', () => {
  const chance = createChance(1);

  it('are two for two of three, and become one after both have been written under', () => {
    const all = Array.from({ length: 30 }, (_, place) => twoAddresses(place, chance));
    expect(all.slice(0, 3).map((two) => two?.revealedBy)).to.deep.equal([undefined, 'a message', 'an answer']);
    for (const two of all.flatMap((one) => one ?? [])) {
      expect(two.passesBefore).to.be.within(1, 2);
      expect(two.revealedFrom).to.be.within(2, 4);
    }
  });

  it('are told together by the message in question, and any of them is written under after it', () => {
    const two = { passesBefore: 1, revealedFrom: 3, revealedBy: 'a message' } as const;
    const writers = Array.from({ length: 40 }, (_, i) => writerOf('491', i + 1, { two, chance }));
    expect(writers.slice(0, 3)).to.deep.equal([{ from: '491' }, { from: '491' }, { from: '491', userId: 'DE.491' }]);
    const later = new Set(writers.slice(3).map(({ from, userId }) => `${from} ${userId}`));
    expect([...later].sort()).to.deep.equal(['491 DE.491', '491 undefined', 'DE.491 undefined']);
    expect(writerOf('491', 9, { two: { ...two, revealedBy: 'an answer' }, chance })).to.deep.equal({ from: '491' });
    expect(['491', 'DE.491', 'chaos/+2=='].map(phoneOf)).to.deep.equal(['491', '491', 'chaos/+2==']);
  });
});

describe('what people say to the flows of chaos', () => {
  it('is the same number of messages in every conversation, and every reply names its message', () => {
    const counts = MANNERS.map((manner) => {
      const lines = Array.from({ length: 12 }, (_, i) => lineOf(manner, i + 1));
      for (const { text, replies } of lines) expect(replies.every((reply) => reply.startsWith(`${text}: `))).to.equal(true);
      const conversations = lines.filter(({ text }) => text.startsWith(manner)).length;
      return { manner, conversations, replies: new Set(lines.flatMap(({ replies }) => replies)).size };
    });
    expect(counts).to.deep.equal([
      { manner: 'patient', conversations: 3, replies: 24 },
      { manner: 'quick', conversations: 3, replies: 24 },
      { manner: 'exact', conversations: 4, replies: 24 },
      { manner: 'served', conversations: 6, replies: 30 },
    ]);
    expect(lineOf('quick', 5).replies).to.deep.equal(['m5: answer 4', 'm5: goodbye, you said m2 m3 m4 m5']);
    expect(lineOf('exact', 12).replies).to.deep.equal(['it is 12: answer 2', 'it is 12: goodbye, the sum is 23, you are in chaos']);
  });

  it('is told to a colleague at the end of a conversation with a model and an operator', () => {
    expect(lineOf('served', 9, '4915')).to.deep.equal({
      text: 'served m9 4915',
      replies: ['served m9 4915: hello', 'served m9 4915: question 1'],
    });
    expect(lineOf('served', 10, '4915')).to.deep.equal({
      text: 'm10',
      replies: ['m10: answer 1', 'm10: an operator', 'm10: goodbye, you were served'],
      told: 'm10: told',
    });
  });

  it('each manner has a flow of its own', () => {
    expect(MANNERS.map((manner) => flowOf(manner, { baseUrl: 'http://127.0.0.1:1/v1' }).code)).to.deep.equal([
      'chaos-patient',
      'chaos-quick',
      'chaos-exact',
      'chaos-served',
    ]);
  });

  it('chance is the same for the same seed, and streams do not disturb each other', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (chance) => () =>
            chance.between(0, 1)
        )(createChance(seed)),
      );
    expect(draw(7)).to.deep.equal(draw(7));
    expect(draw(7)).to.not.deep.equal(draw(8));
    expect(draw(7).every((value) => value >= 0 && value < 1)).to.equal(true);
    const [one, other] = [createChance(7), createChance(7)];
    one.stream('a').between(0, 1);
    expect(one.between(0, 1)).to.equal(other.between(0, 1));
  });
});
