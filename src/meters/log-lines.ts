import type { Decision, Log } from '../contract/host/index.js';
import { effectSession, type FlowEvent } from '../contract/index.js';
import type { Listener } from './measured.js';

/**
 * Logs a line for each turn, send, call and request, at level `debug`: at thousands of messages a second, `info` would be unreadable. A line
 * has ids, kinds and codes; with `texts` also what people and flows wrote, for finding a fault.
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
          millis: roundMillis(ended - began),
          ...(texts && !isUnlogged && event.type === 'message' ? { text: event.message.text } : {}),
        },
        decision ? 'stored a turn' : 'an event led to no turn',
      );
    },
    send({ claim, outcome, code, messages, began, ended }) {
      const { id, body, unlogged } = claim.effect.effect;
      log.debug(
        {
          ...effectFields(id),
          ...(body.kind === 'send' ? { channel: body.channel } : {}),
          outcome,
          ...(code === '' ? {} : { code }),
          messages,
          millis: roundMillis(ended - began),
          ...(texts && !unlogged && body.kind === 'send' ? { content: body.message } : {}),
        },
        'performed a send',
      );
    },
    call({ claim, code, began, ended }) {
      const { id, body } = claim.effect.effect;
      log.debug(
        {
          ...effectFields(id),
          ...(body.kind === 'call' ? { service: body.service } : {}),
          outcome: code === undefined ? 'ok' : 'failed',
          ...(code === undefined ? {} : { code }),
          millis: roundMillis(ended - began),
        },
        'called a service',
      );
    },
    webhook({ channel, status, began, ended }) {
      log.debug({ channel, status, millis: roundMillis(ended - began) }, 'answered a webhook');
    },
    request({ method, route, status, began, ended }) {
      log.debug({ method, route, status, millis: roundMillis(ended - began) }, 'answered an API call');
    },
    wake() {},
    clockJump() {},
  };
}

/** Returns the sends that will never be made, and why. */
function skippedIn({ effects }: Decision) {
  const skipped = effects.flatMap(({ id, skipped }) => (skipped ? [{ id, code: skipped.code }] : []));
  return skipped.length > 0 ? { skipped } : {};
}

/** Returns the ids of an event. The id of `identities` consists of addresses, so it is left out. */
function idsOf(event: FlowEvent) {
  return {
    ...(event.type === 'identities' ? {} : { event: event.id }),
    type: event.type,
    ...(event.type === 'message' ? { channel: event.message.channel, message: event.message.id } : {}),
    ...(event.type === 'receipt' ? { effect: event.effectId, status: event.status } : {}),
  };
}

function effectFields(effect: string) {
  return { session: effectSession(effect), turn: Number(effect.split('.')[1]), effect };
}

function roundMillis(millis: number): number {
  return Math.round(millis * 100) / 100;
}
