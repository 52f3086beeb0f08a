import { type InboundMessage, millisOf, type OfferedMessage } from '../contract/index.js';
import { chooseTyped } from '../text/choose-typed.js';
import { foldExact, foldWords } from '../text/fold.js';
import { addSend } from './add-effect.js';
import { DOUBLE_TAP, isOpen, moveTo } from './answer.js';
import type { LiveRun } from './live-run.js';
import { openOffer } from './offer.js';
import { pageBehind } from './pages.js';
import { conclude, type Work } from './work.js';

/** A page that a person asks for: of which message, and from which choice on. */
export interface TurnedPage {
  readonly offered: OfferedMessage & { readonly list: NonNullable<OfferedMessage['list']> };
  readonly from: number;
}

/**
 * Returns the page that a message asks for by a tap on "More…", or by its title or number that was typed. Undefined if it does not: it may
 * be an answer.
 */
export function turnedPage(run: LiveRun, message: InboundMessage): TurnedPage | undefined {
  const offer = openOffer(run) ?? [];
  const lists = offer.filter((one): one is TurnedPage['offered'] => one.list !== undefined);
  const newest = lists.at(-1);
  if (!newest) return undefined;
  const { quoted, choice } = message;
  if (message.type === 'choice' && choice !== undefined) {
    if (quoted?.effect !== undefined && !isOpen(run, message)) return undefined;
    const same = lists.find(({ node, flow }) => node !== undefined && node === quoted?.node && flow === quoted.flow);
    const offered = lists.find(({ effectId }) => effectId === quoted?.effect) ?? same ?? newest;
    const from = pageBehind(offered.choices, choice);
    return from === undefined ? undefined : { offered, from };
  }
  if (message.type !== 'text') return undefined;
  const tapped = pageBehind(newest.choices, message.text);
  if (tapped !== undefined) return { offered: newest, from: tapped };
  // Typed words are those of the newest message that has titles.
  if (offer.findLast(({ choices }) => choices.some(({ title }) => title !== '')) !== newest) return undefined;
  const from = typedPage(newest, message.text);
  return from === undefined ? undefined : { offered: newest, from };
}

function typedPage({ choices, shown, list }: TurnedPage['offered'], text: string): number | undefined {
  const numbered = shown === 'numbers';
  if (chooseTyped({ choices, numbered, seen: list.seen }, text)) return undefined;
  if (numbered && /^#?0$/.test(foldWords(text))) return list.next;
  const pages = 'pages' in list.message ? list.message.pages : undefined;
  if (!pages) return undefined;
  if (isSame(text, pages.more)) return list.next;
  return isSame(text, pages.first) ? 0 : undefined;
}

function isSame(typed: string, title: string): boolean {
  return foldExact(typed) === foldExact(title) || foldWords(typed) === foldWords(title);
}

/** Sends a page of a list. That is no answer: the run goes on waiting as before. */
export function turnPage(
  work: Work,
  run: LiveRun,
  { page, message }: { readonly page: TurnedPage; readonly message: InboundMessage },
): void {
  const { offered, from } = page;
  const { list, flow, node } = offered;
  const at = message.sentAt;
  if (message.type === 'choice' && list.turned?.from === from && Math.abs(millisOf(at) - millisOf(list.turned.at)) <= DOUBLE_TAP) {
    conclude(work, 'ignored', 'a double tap on the row that shows more choices');
    return;
  }
  conclude(work, 'noted', 'the person asked for more choices of the list');
  moveTo(run, message.channel);
  const { offer, question } = run;
  // The page takes the place of the message before it, so it must not keep the buttons of that one.
  run.offer = offer?.filter((one) => one !== offered);
  run.question = undefined;
  const { replyTo: _, ...asked } = list.message;
  const request = 'pages' in asked && asked.pages ? { ...asked, pages: { ...asked.pages, from } } : asked;
  const sent = addSend(work, run, {
    request: { kind: 'send', message: request },
    source: {
      run: run.id,
      ...(flow === undefined || list.version === undefined ? {} : { flow, version: list.version }),
      ...(node === undefined ? {} : { node }),
    },
    page: { before: offered, turned: { from, at } },
  });
  if (!sent.skipped) return;
  run.offer = offer;
  run.question = question;
}
