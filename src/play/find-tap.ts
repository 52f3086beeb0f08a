import { type OutboundMessage, repliesIn } from '../contract/index.js';
import { stop } from './play-problem.js';
import type { PlayStep } from './play-step.js';
import type { Scene, SentMessage } from './scene.js';

/** A button that was found: the message that has it, the id that is sent, and what the person reads. */
export interface Tapped {
  readonly message: SentMessage;
  readonly id: string;
  readonly title: string;
}

/** Finds the button of a tap, on the newest message that has it. Stops the play if there is none. */
export function findTap(scene: Scene, { tap = '' }: PlayStep, on: string): Tapped {
  const wanted = typeof tap === 'string' ? { id: tap } : tap;
  const messages = scene.sent.filter(
    ({ effect, refused }) => !refused && effect.body.channel === on && (!('node' in wanted) || effect.node === wanted.node),
  );
  for (const message of messages.toReversed()) {
    const button = buttonsOf(scene, message).find(({ id, title, alias }) => [id, title, alias].includes(wanted.id));
    if (!button) continue;
    if (button.instead !== undefined) return refuse(scene, `the button "${button.title}" ${button.instead}`, button.mend);
    return { message, id: button.id, title: button.title };
  }
  const shown = messages.flatMap((message) => buttonsOf(scene, message).map(({ id }) => `"${id}"`));
  const known = shown.length === 0 ? 'no message has buttons' : `there are ${[...new Set(shown)].slice(-12).join(', ')}`;
  return refuse(scene, `no message has the button "${wanted.id}"`, `Tap a button by its id or its exact title; ${known}.`);
}

/** What can be tapped on a message. `instead`: why a tap on it is not an answer. */
interface Button {
  readonly id: string;
  readonly title: string;
  /** The id in the flow, if the provider got a shorter one. */
  readonly alias?: string;
  readonly instead?: string;
  readonly mend?: string;
}

function buttonsOf({ world }: Scene, { effect, shows }: SentMessage): readonly Button[] {
  const { channel, message } = effect.body;
  const { shown, choices = [] } = world.channels.get(channel)?.tappable?.(message) ?? {};
  const offered = choices.map(({ id, title, sent = id }): Button => {
    const button = { id: sent, title, alias: id };
    if (shown === 'buttons' || shown === 'list' || shown === 'any') return button;
    return { ...button, instead: 'is a line of text, which cannot be tapped', mend: `Use say with the number or the title "${title}".` };
  });
  const opening = choicesOf(message).flatMap(({ id, title, url, ask }): readonly Button[] => {
    if (url !== undefined) return [{ id, title, instead: `opens ${url}, and sends nothing`, mend: 'It needs no step.' }];
    if (ask === undefined) return [];
    const mend = ask === 'location' ? 'Use send with the type location.' : 'Use send with the type contacts.';
    return [{ id, title, instead: `shares the ${ask}`, mend }];
  });
  return [...opening, ...offered, ...templateButtons(message), ...shows.flatMap(repliesIn)];
}

function choicesOf(message: OutboundMessage) {
  if (message.type === 'carousel') return message.cards.flatMap(({ choices = [] }) => choices);
  return 'choices' in message ? (message.choices ?? []) : [];
}

/** The words of a template's buttons are known to the provider alone. */
function templateButtons(message: OutboundMessage): readonly Button[] {
  if (message.type !== 'template') return [];
  return (message.buttons ?? []).flatMap(({ payload }) => (payload === undefined ? [] : [{ id: payload, title: payload }]));
}

function refuse({ step }: Scene, message: string, hint = 'Tap another button.'): never {
  return stop({ pointer: `/steps/${step}/tap`, code: 'play/no-button', message, hint });
}
