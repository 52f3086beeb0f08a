import { type ChannelAdapter, type ChannelLimits, choicesShown, type OutboundMessage, type Tappable } from '../contract/index.js';
import type { ChannelFacts } from '../engine/turn-input.js';
import { showsNumbers } from '../text/shows-numbers.js';
import { optOutRules } from './opt-out-rules.js';

/** What the engine knows of an adapter. */
export type AdapterFacts = Pick<ChannelFacts, 'platform' | 'limits' | 'tappable' | 'showsTyping' | 'replacesButtons' | 'optOut'>;

/** Returns the facts that all channels of an adapter share. */
export function adapterFacts(
  adapter: Pick<ChannelAdapter, 'platform' | 'limits' | 'tappable' | 'typing' | 'replacesButtons'>,
): AdapterFacts {
  const { platform, limits, tappable, replacesButtons } = adapter;
  return {
    platform,
    limits,
    tappable: tappable ?? ((message) => tappableBy(limits, message)),
    // Without settings; a channel may have others.
    optOut: optOutRules(),
    ...(adapter.typing ? { showsTyping: true } : {}),
    ...(replacesButtons ? { replacesButtons } : {}),
  };
}

/** Finds what can be tapped in a message if the adapter has no `tappable`: the choices, as the limits of the channel lay them out. */
function tappableBy(limits: ChannelLimits, message: OutboundMessage): Tappable | undefined {
  if (message.type === 'template' || message.type === 'native') return { shown: 'any', choices: [] };
  const choices = choicesOf(message);
  if (choices.length === 0) return undefined;
  const as = choicesShown({ ...message, choices }, limits);
  return {
    shown: as !== 'text' ? as : showsNumbers(choices) ? 'numbers' : 'titles',
    choices: choices.map(({ id, title }) => ({ id, title })),
  };
}

function choicesOf(message: OutboundMessage) {
  if (message.type === 'carousel') return message.cards.flatMap(({ choices = [] }) => choices);
  return 'choices' in message ? (message.choices ?? []) : [];
}
