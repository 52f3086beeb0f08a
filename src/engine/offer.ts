import type { ChannelId, Effect, OfferedChoice, OfferedList, OfferedMessage, OutboundMessage, Tappable } from '../contract/index.js';
import { showsNumbers } from '../text/shows-numbers.js';
import { type LiveRun, topOf } from './live-run.js';
import { type Page, pageOf } from './pages.js';
import type { Work } from './work.js';

/** How many messages an offer has at most, so that a run which sends without ever waiting for an answer does not grow for ever. */
const MAX_OFFERED = 10;
/** How many of them can be lists that are paged: the run keeps all choices of each. */
const MAX_LISTS = 3;

/** Returns the open offer of a run, oldest message first; undefined for a run that was stored before there were offers. */
export function openOffer({ offer, offered }: LiveRun): readonly OfferedMessage[] | undefined {
  if (offer !== undefined || offered === undefined) return offer;
  return [{ effectId: '', shown: 'numbers', choices: offered.map(({ id, title }) => ({ id, title })) }];
}

/** A message that was sent. */
export interface Sent {
  readonly sent: Effect;
  /** The message before it was split, cut and paged. */
  readonly requested: OutboundMessage;
  /** Set for a further page of a list. */
  readonly page?: TurnedFrom;
}
/** The page of a list that a further one takes the place of, and when that was asked for. */
export interface TurnedFrom {
  readonly before: OfferedMessage;
  readonly turned: NonNullable<OfferedList['turned']>;
}

/** Notes that a run has sent a message: what can be tapped joins its offer, and the message may be its question. */
export function noteSent(work: Work, run: LiveRun, { sent, requested, page: turned }: Sent): void {
  const { id, at, flow, node, body } = sent;
  if (body.kind !== 'send') return;
  run.sentAt = { ...run.sentAt, [body.channel]: at };
  const { keeps: _, ...message } = requested;
  const facts = work.input.channels.get(body.channel);
  const page = facts && pageOf(requested, facts.limits);
  const tappable = facts?.tappable?.(withFullChoices(body.message, page?.message ?? requested));
  if (tappable) {
    const offered: OfferedMessage = {
      effectId: id,
      ...(flow === undefined ? {} : { flow }),
      ...(node === undefined ? {} : { node }),
      ...(page?.next === undefined ? tappable : tappableList(tappable, { page, message, version: sent.version, turned })),
    };
    run.offer = withOffered(openOffer(run) ?? [], offered);
    run.offered = undefined;
  }
  const hasQuestion = run.offer?.some(({ effectId, choices }) => effectId !== id && choices.length > 0) === true;
  if (tappable?.choices.length || (!isAsking(run) && !hasQuestion)) run.question = { effectId: id, message };
}

/** Adds a message to an offer. What is tapped on an earlier page or sending of the same list counts on the newest one. */
function withOffered(offer: readonly OfferedMessage[], offered: OfferedMessage): readonly OfferedMessage[] {
  const { list, node, flow } = offered;
  if (!list) return [...offer, offered].slice(-MAX_OFFERED);
  const others = offer.filter((one) => !one.list || node === undefined || one.node !== node || one.flow !== flow);
  const dropped = others.filter((one) => one.list).slice(0, 1 - MAX_LISTS);
  return [...others.filter((one) => !dropped.includes(one)), offered].slice(-MAX_OFFERED);
}

interface Listed {
  readonly page: Page;
  /** The message with all choices. */
  readonly message: OutboundMessage;
  readonly version: number | undefined;
  readonly turned: TurnedFrom | undefined;
}

/** Returns what can be tapped on the page of a list, with the choices of all other pages: each of them stays an answer. */
function tappableList(shown: Tappable, { page, message, version, turned }: Listed): Omit<OfferedMessage, 'effectId'> {
  const all = 'choices' in message ? (message.choices ?? []) : [];
  const sent = new Map([...(turned?.before.choices ?? []), ...shown.choices].map((choice) => [choice.id, choice]));
  const choices = all.map(({ id, title }): OfferedChoice => sent.get(id) ?? { id, title });
  const isText = shown.shown === 'numbers' || shown.shown === 'titles';
  return {
    shown: isText ? (showsNumbers(all) ? 'numbers' : 'titles') : shown.shown,
    choices,
    list: {
      message,
      ...(version === undefined ? {} : { version }),
      seen: Math.max(page.end, turned?.before.list?.seen ?? 0),
      next: page.next ?? 0,
      ...(turned ? { turned: turned.turned } : {}),
    },
  };
}

/** Returns the message as it is shown, but with choices and cards that were not cut. */
function withFullChoices(shown: OutboundMessage, requested: OutboundMessage): OutboundMessage {
  const { keeps: _, ...message } = shown;
  const choices = 'choices' in message && 'choices' in requested ? { choices: requested.choices } : {};
  const cards = 'cards' in message && 'cards' in requested ? { cards: requested.cards } : {};
  return { ...message, ...choices, ...cards } as OutboundMessage;
}

/** Returns whether the run waits for a message. What it sends meanwhile does not replace its question. */
function isAsking(run: LiveRun): boolean {
  const frame = topOf(run);
  return frame?.kind === 'flow' && frame.wait?.for === 'message';
}

/** Closes the run's offer, when its wait for an answer is over. */
export function closeOffer(run: LiveRun): void {
  run.offer = [];
  run.question = undefined;
  run.offered = undefined;
}

/**
 * Adds the buttons of the open question to a message, on channels where each message removes the buttons of the one before it. The question
 * can still be answered then, whoever sends the message.
 */
export function withOpenButtons(work: Work, channel: ChannelId, message: OutboundMessage): OutboundMessage {
  if (work.input.channels.get(channel)?.replacesButtons !== true) return message;
  const asked = work.runs.find(
    ({ place, offer = [] }) => place === 'foreground' && offer.some(({ choices }) => choices.length > 0),
  )?.question;
  if (!asked) return message;
  const limits = work.input.channels.get(channel)?.limits;
  const page = limits && pageOf(asked.message, limits);
  return { ...message, keeps: page ? { effectId: asked.effectId, message: page.message } : asked };
}
