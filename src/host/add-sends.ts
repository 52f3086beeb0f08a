import type { Decision } from '../contract/host/index.js';
import type { Effect, FlowEvent, OutboundMessage, SessionState } from '../contract/index.js';
import { judgeSend, type SendWorld } from '../engine/judge-send.js';
import type { TurnInput } from '../engine/turn-input.js';

/** Adds what middleware has sent to a decision, after the turn's own effects. It goes to where the event came from, by the rule for all sends. */
export function addSends(decision: Decision, sends: readonly OutboundMessage[], { channels, event }: TurnInput): Decision {
  if (sends.length === 0) return decision;
  const { id, turn, effectCount } = decision.session;
  const channel = channelOf(event, decision.session);
  if (channel === undefined)
    return {
      ...decision,
      warnings: [
        ...decision.warnings,
        { code: 'send/no-address', detail: 'a middleware sent a message, but the turn belongs to no channel' },
      ],
    };
  const world: SendWorld = {
    facts: channels,
    uses: usesWith(event, decision.session),
    now: event.at,
    optOut: decision.session.contact.optOut,
    answers: event.type === 'message' ? event.message : undefined,
    run: { channel, lane: 'reply' },
  };
  const judged = sends.map((message) => judgeSend({ kind: 'send', message }, world));
  const effects = judged.map(
    ({ body, skipped }, i): Effect => ({
      id: `${id}.${turn}.${decision.effects.length + i + 1}`,
      number: effectCount + i + 1,
      at: event.at,
      body,
      ...(skipped ? { skipped } : {}),
    }),
  );
  return {
    ...decision,
    // Turns with sends of middleware are not replayed.
    guest: true,
    session: { ...decision.session, effectCount: effectCount + sends.length },
    effects: [...decision.effects, ...effects],
    warnings: [...decision.warnings, ...judged.flatMap(({ warnings }) => warnings)],
  };
}

/** Returns the channel that an event came from; for other events, the channel of the run in the foreground. */
export function channelOf(event: FlowEvent, { runs }: SessionState): string | undefined {
  return event.type === 'message' ? event.message.channel : runs.find(({ place }) => place === 'foreground')?.channel;
}

/** Returns the contact's addresses with the sender's, which is missing if middleware has kept a first message from the session. */
function usesWith(event: FlowEvent, { channels }: SessionState): SessionState['channels'] {
  if (event.type !== 'message') return channels;
  const { channel, from } = event.message;
  return { ...channels, [channel]: { ...channels[channel], address: from.address, lastInboundAt: event.at } };
}
