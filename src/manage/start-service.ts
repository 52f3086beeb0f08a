import Joi from 'joi';
import { isRefused, OperationalError, REFUSALS, type Refusal } from '../contract/host/index.js';
import {
  CallError,
  effectSession,
  type FlowCode,
  type Json,
  type Service,
  type ServiceTools,
  STARTS,
  type Vars,
} from '../contract/index.js';
import { livingSession } from '../people/living-session.js';
import type { WantedContact } from '../people/reach-person.js';
import { readPhone } from '../text/read-phone.js';
import type { Caller } from './caller.js';
import { type StartParts, startFlow } from './starts.js';

/** What a flow asks for. */
interface Asked {
  readonly flow: FlowCode;
  /** An identity, a phone number, or the id of a contact. */
  readonly contact: string;
  readonly input: Vars;
}

/** How long to wait before a start is tried again while the store is away, in milliseconds. */
const TRY_AGAIN = 1_000;

/**
 * Starts a flow with a person for the node of another flow, as the trigger endpoint does: once for each call, with the same rules and the
 * same refusals. It does not wait for the flow.
 */
export function startService(parts: StartParts): Service<Asked> {
  return {
    name: STARTS,
    input: Joi.object<Asked>({
      flow: Joi.string().allow('').required(),
      contact: Joi.string().allow('').required(),
      input: Joi.object().unknown(true).required(),
    }),
    async call(asked, tools) {
      for (;;) {
        try {
          return await start(parts, asked, tools);
        } catch (error) {
          if (!(error instanceof OperationalError)) throw error;
          await tools.pause(TRY_AGAIN);
        }
      }
    },
  };
}

async function start(parts: StartParts, { flow, contact, input }: Asked, { id, from = {} }: ServiceTools): Promise<Json> {
  const wanted = await wantedBy(parts, contact);
  if (flow === from.flow && (await isSamePerson(parts, wanted, effectSession(id))))
    throw new CallError('start/itself', `"${flow}" cannot start itself for the same contact`);
  const chain = from.chain === undefined ? {} : { chain: from.chain };
  const outcome = await startFlow(parts, callerFor(from.flow ?? ''), {
    code: flow,
    by: `flow:${from.run ?? ''}`,
    start: { contact: wanted, data: input, uuid: id, ...chain },
  });
  if (isRefused(outcome)) throw errorOf(outcome);
  const { sessionId, runId = null, status } = outcome.done;
  return { sessionId, runId, status };
}

/** A flow may start every flow that has a manual trigger. */
function callerFor(flow: FlowCode): Caller {
  return { id: `flow:${flow}`, name: `flow:${flow}`, role: 'admin' };
}

/** Reads who is meant: `whatsapp:4915…`, `+49 1511 2345678`, or the id of a contact. */
async function wantedBy({ store }: StartParts, contact: string): Promise<WantedContact> {
  if (contact.includes(':')) return { identity: contact };
  const phone = readPhone(contact);
  if (phone !== undefined) return { identity: `phone:${phone}` };
  if (contact !== '' && (await livingSession(store, contact))) return { id: contact };
  const detail = `There is no contact "${contact}", and it is neither an identity nor a phone number.`;
  throw errorOf({ refused: 'contact/unknown', detail });
}

async function isSamePerson({ store }: StartParts, wanted: WantedContact, session: string): Promise<boolean> {
  const id = 'id' in wanted ? wanted.id : await store.contacts.find(wanted.identity);
  if (id === undefined) return false;
  const [one, other] = await Promise.all([livingSession(store, id), livingSession(store, session)]);
  return one !== undefined && one.state.id === other?.state.id;
}

/** Returns a refusal as the flow sees it: with the code, the words and the status of the endpoint. */
function errorOf({ refused, detail, problems = [] }: Refusal): CallError {
  const { words, status } = REFUSALS[refused];
  const reasons = problems.map(({ message }) => message).filter((message) => !detail?.includes(message));
  return new CallError(refused, [detail ?? words, ...reasons].join(' '), false, IN_BODY.has(refused) ? 422 : status);
}

/** What the body of a start names, and not its path. */
const IN_BODY: ReadonlySet<string> = new Set(['channel/unknown', 'contact/unknown']);
