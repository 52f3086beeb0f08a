import type { Decision, Log } from '../contract/host/index.js';
import { effectSession, type FlowEvent } from '../contract/index.js';
import type { Listener } from './measured.js';

/**
 * One line for each turn, send and call, at `debug`: at thousands of messages a second `info` would drown. Ids, kinds and codes only;
 * `texts` adds what people and flows wrote, for whoever looks for a fault and may read it.
 */
export function createLogLines(log: Log, { texts }: { readonly texts: boolean }): Listener {
  return {
    turn({ session, event, outcome, decision, isUnlogged, began, ended }) {
      log.debug(
        {
          session,
          ...(decision ? { turn: decision.session.turn } : {}),
          ...idsOf(event),
          outcome,
          ...(decision ? { effects: decision.effects.map(({ id }) => id), ...skippedIn(decision) } : {}),
          millis: rounded(ended - began),
          ...(texts && !isUnlogged && event.type === 'message' ? { text: event.message.text } : {}),
        },
        decision ? 'a turn was stored' : 'an event led to no turn',
      );
    },
    send({ claim, outcome, code, messages, began, ended }) {
      const { id, body, unlogged } = claim.effect.effect;
      log.debug(
        {
          ...whoseIs(id),
          ...(body.kind === 'send' ? { channel: body.channel } : {}),
          outcome,
          ...(code === '' ? {} : { code }),
          messages,
          millis: rounded(ended - began),
          ...(texts && !unlogged && body.kind === 'send' ? { content: body.message } : {}),
        },
        'a send was performed',
      );
    },
    call({ claim, code, began, ended }) {
      const { id, body } = claim.effect.effect;
      log.debug(
        {
          ...whoseIs(id),
          ...(body.kind === 'call' ? { service: body.service } : {}),
          outcome: code === undefined ? 'ok' : 'failed',
          ...(code === undefined ? {} : { code }),
          millis: rounded(ended - began),
        },
        'a service was asked',
      );
    },
    webhook({ channel, status, began, ended }) {
      log.debug({ channel, status, millis: rounded(ended - began) }, 'a delivery was answered');
    },
    request({ method, route, status, began, ended }) {
      log.debug({ method, route, status, millis: rounded(ended - began) }, 'a call of the API was answered');
    },
    wake() {},
    clockJump() {},
  };
}

/** What was never sent, and why. */
function skippedIn({ effects }: Decision) {
  const skipped = effects.flatMap(({ id, skipped }) => (skipped ? [{ id, code: skipped.code }] : []));
  return skipped.length > 0 ? { skipped } : {};
}

/** The event's id and the provider's of the message. The id of new addresses is made of them, old and new: it stays out. */
function idsOf(event: FlowEvent) {
  return {
    ...(event.type === 'identities' ? {} : { event: event.id }),
    type: event.type,
    ...(event.type === 'message' ? { channel: event.message.channel, message: event.message.id } : {}),
    ...(event.type === 'receipt' ? { effect: event.effectId, status: event.status } : {}),
  };
}

function whoseIs(effect: string) {
  return { session: effectSession(effect), turn: Number(effect.split('.')[1]), effect };
}

function rounded(millis: number): number {
  return Math.round(millis * 100) / 100;
}
