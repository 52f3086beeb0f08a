import { type Request, Router } from 'express';
import Joi from 'joi';
import { OperationalError, type StoredFlow, UserError, type Vars } from '../contract/index.js';
import type { WantedContact } from '../turn/reach-person.js';
import type { StartAnswer, Startable, StartWish } from '../turn/start-flow.js';
import { callerOf } from './authorize.js';
import { type ProblemDetails, problemOf } from './error-answers.js';
import { knownFlow } from './known-flow.js';
import type { HttpParts } from './parts.js';
import { bodyOf, checkedBody, route } from './requests.js';

/** A start as a caller writes it. */
interface StartBody {
  readonly data: Vars;
  readonly uuid?: string;
  readonly outId?: string;
  readonly claimTimeMillis?: number;
  readonly discardTimeMillis?: number;
  readonly contact: WantedContact;
  readonly channel?: string;
}

const MOST_STARTS = 1_000;
/** The last millisecond that a date can hold: https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LATEST = 8.64e15;
const millis = Joi.number().integer().min(0).max(LATEST);

const START: Joi.SchemaMap = {
  data: Joi.object().unknown(true).default({}),
  uuid: Joi.string().max(200),
  outId: Joi.string().max(200),
  claimTimeMillis: millis,
  discardTimeMillis: millis,
  contact: Joi.object({ identity: Joi.string().max(200), id: Joi.string().max(100), name: Joi.string().max(200) })
    .xor('identity', 'id')
    .without('id', 'name')
    .required(),
  channel: Joi.string().max(64),
};

/** The door for campaigns and systems: begins a flow with one person, or with up to a thousand. */
export function triggerRoute(parts: HttpParts): Router {
  const router = Router();
  router.post(
    '/flows/:code/trigger',
    route(async (request, response) => {
      const body: unknown = request.body;
      const isBatch = body !== null && typeof body === 'object' && 'starts' in body;
      const flow = await startable(parts, request, isBatch);
      if (!isBatch) {
        response.status(202).json(await parts.startFlow(flow, wishOf(checkedBody<StartBody>(body ?? {}, START))));
        return;
      }
      const { starts } = bodyOf<{ starts: unknown[] }>(request, {
        starts: Joi.array().items(Joi.any()).min(1).max(MOST_STARTS).required(),
      });
      response.status(202).json({ results: await Promise.all(starts.map((one) => startOne(parts, flow, one))) });
    }),
  );
  return router;
}

/** What goes wrong with one of many is its own answer; only where the store is away nobody is answered. */
async function startOne(parts: HttpParts, flow: Startable, body: unknown): Promise<StartAnswer | ProblemDetails> {
  try {
    return await parts.startFlow(flow, wishOf(checkedBody<StartBody>(body, START)));
  } catch (error) {
    if (error instanceof UserError || error instanceof OperationalError) return problemOf(error);
    throw error;
  }
}

async function startable(parts: HttpParts, request: Request, isBatch: boolean): Promise<Startable> {
  const flow = await knownFlow(parts, request);
  const program = await onlineProgram(parts, flow);
  const trigger = program.definition.triggers.find(({ type }) => type === 'TriggeredManually');
  if (trigger?.type !== 'TriggeredManually')
    throw new UserError(409, 'start/not-manual', `"${flow.code}" has no manual trigger, so no call can start it.`);
  return {
    program,
    channels: flow.channels,
    onBusy: trigger.onBusy ?? 'queue',
    by: `api:${callerOf(request).name}`,
    lane: isBatch ? 'campaign' : 'reply',
  };
}

async function onlineProgram({ programs }: HttpParts, { code, state }: StoredFlow) {
  const known = state === 'ONLINE' ? programs.snapshot().online(code) : undefined;
  if (known) return known;
  // It may have been published on another host in this second.
  if (state === 'ONLINE') await programs.refresh();
  const program = state === 'ONLINE' ? programs.snapshot().online(code) : undefined;
  if (!program) throw new UserError(409, 'start/not-online', `"${code}" is not ONLINE; publish it first.`);
  return program;
}

function wishOf({ data, uuid, outId, claimTimeMillis, discardTimeMillis, contact, channel }: StartBody): StartWish {
  return {
    contact,
    data,
    ...(channel === undefined ? {} : { channel }),
    ...(uuid === undefined ? {} : { uuid }),
    ...(outId === undefined ? {} : { outId }),
    ...(claimTimeMillis === undefined ? {} : { claimedAt: new Date(claimTimeMillis).toISOString() }),
    ...(discardTimeMillis === undefined ? {} : { discardAt: new Date(discardTimeMillis).toISOString() }),
  };
}
