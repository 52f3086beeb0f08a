import Joi from 'joi';
import {
  type FlowCode,
  type InboundMessage,
  type Json,
  type JsonObject,
  MESSAGE_TYPES,
  type OnBusy,
  type Platform,
  type Vars,
} from '../contract/index.js';
import { closed } from '../params/fields.js';
import { isTimeZone } from '../text/date.js';
import { readLanguage } from '../text/read-language.js';

/** The page that explains steps. */
export const PAGE = 'docs/flow-tests.md';
/** How many steps one play may have. */
export const MAX_STEPS_PLAYED = 200;
/** How long one step may let time pass, in seconds: a year. */
const MAX_PASS = 366 * 86_400;

/** A file, a place or anything else that the person sends, also a text that comes by an ad. `text` is the caption, or the name of the place. */
export type SentByPerson = Partial<Omit<InboundMessage, 'id' | 'channel' | 'platform' | 'from' | 'sentAt'>> & Pick<InboundMessage, 'type'>;

/**
 * One thing that happens in a play. Apart from `on`, a step has exactly one member.
 *
 * @example [{ say: 'appointment' }, { tap: 'yes' }, { pass: 3600 }, { answer: { ok: true, value: { status: 200, body: {} } } }]
 */
export interface PlayStep {
  /** The platform on which it happens. By default that of the play. */
  readonly on?: Platform;
  /** The person writes a text. */
  readonly say?: string;
  /** The person taps a button: its id or its exact title, on the newest message that has it, or on the message of a node. */
  readonly tap?: string | { readonly id: string; readonly node: string };
  /** The person sends something else than a text. */
  readonly send?: SentByPerson;
  /** The person opens the chat, subscribes or unsubscribes (Viber). `context` comes with a link that opens the chat. */
  readonly open?: true | 'subscribed' | 'unsubscribed' | { readonly context: string };
  /** The person opens the newest link to the other platform. */
  readonly link?: true;
  /** A system starts a flow with the person: the one that is tried, or another one. */
  readonly start?: { readonly data?: Vars; readonly flow?: FlowCode; readonly onBusy?: OnBusy };
  /** Time passes, in seconds. Waits end on the way, each at its time. */
  readonly pass?: number;
  /** A receipt of the newest message, or of the one that a run waits for. */
  readonly receipt?: 'sent' | 'delivered' | 'read' | 'failed';
  /** The provider refuses the next message for good, with this code of its own. */
  readonly refuse?: string;
  /** The answer to the oldest call that waits. */
  readonly answer?: CallAnswer;
  /** Makes the oldest call that waits. */
  readonly call?: 'really';
  /** An operator writes, gives the talk back, or both. `message` is a message as in flow files, without templates. */
  readonly operator?: { readonly text?: string; readonly message?: JsonObject; readonly giveBack?: boolean };
}

/** The outcome of a call: the value that its service returns, or `{ code, reason }` if it fails. */
export interface CallAnswer {
  readonly ok: boolean;
  readonly value: Json;
}

/** What the person is before the first step. */
export interface PlayContact {
  readonly name?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly fields?: Vars;
  /** The codes of the groups that the person is in. */
  readonly groups?: readonly string[];
  /** The platforms on which the person wants no messages. */
  readonly optOut?: readonly Platform[];
}

const PLATFORM = Joi.string().valid('whatsapp', 'viber');
const VARS = Joi.object().pattern(Joi.string().max(64), Joi.any());

const SENT = closed({
  type: Joi.string()
    .valid(...MESSAGE_TYPES.filter((type) => type !== 'choice'))
    .required(),
  text: Joi.string().allow('').max(4_096),
  mediaUrl: Joi.string().uri().max(2_000),
  mediaId: Joi.string().max(500),
  mimeType: Joi.string().max(200),
  fileName: Joi.string().max(255),
  latitude: Joi.number().min(-90).max(90),
  longitude: Joi.number().min(-180).max(180),
  contact: Joi.any(),
  emoji: Joi.string().allow('').max(40),
  form: Joi.any(),
  order: Joi.object().unknown(true),
  forwarded: Joi.valid(true),
  referral: Joi.object().unknown(true),
  raw: Joi.any(),
});

const DOES = {
  say: Joi.string().max(4_096),
  tap: Joi.alternatives(Joi.string().max(300), closed({ id: Joi.string().required(), node: Joi.string().required() })),
  send: SENT,
  open: Joi.alternatives(Joi.valid(true, 'subscribed', 'unsubscribed'), closed({ context: Joi.string().max(500).required() })),
  link: Joi.valid(true),
  start: closed({
    data: VARS,
    flow: Joi.string().max(64),
    onBusy: Joi.string().valid('ignore', 'interrupt', 'queue', 'background'),
  }),
  pass: Joi.number().positive().max(MAX_PASS),
  receipt: Joi.string().valid('sent', 'delivered', 'read', 'failed'),
  refuse: Joi.string().max(60),
  answer: closed({ ok: Joi.boolean().required(), value: Joi.any().required() }),
  call: Joi.valid('really'),
  operator: closed({
    text: Joi.string().max(4_096),
    message: Joi.object({ type: Joi.string().required() }).unknown(true),
    giveBack: Joi.boolean(),
  })
    .oxor('text', 'message')
    .or('text', 'message', 'giveBack'),
} satisfies Readonly<Record<Exclude<keyof PlayStep, 'on'>, Joi.Schema>>;

/** The members of which a step has exactly one. */
export const STEP_KINDS: readonly string[] = Object.keys(DOES);

/** Returns the schema of a step, with further members of its own. */
export function stepSchema(more: Joi.PartialSchemaMap = {}): Joi.ObjectSchema {
  return closed({ on: PLATFORM, ...DOES, ...more })
    .xor(...STEP_KINDS)
    .messages({
      'object.missing': `a step needs one of ${STEP_KINDS.join(', ')}`,
      'object.xor': 'a step has exactly one thing that happens, but this one has {{#presentWithLabels}}',
    });
}

const CONTACT = closed({
  name: Joi.string().max(200),
  language: Joi.string()
    .max(35)
    .custom((tag: string, { message }) => (readLanguage(tag) ? tag : message({ custom: `"${tag}" is not a language tag, such as pt-BR` }))),
  timeZone: Joi.string()
    .max(60)
    .custom((zone: string, { message }) =>
      isTimeZone(zone) ? zone : message({ custom: `"${zone}" is not a time zone, such as Europe/Berlin` }),
    ),
  fields: VARS,
  groups: Joi.array().items(Joi.string().max(64)),
  optOut: Joi.array().items(PLATFORM),
});

/** The members of a play beside its flows and its steps. */
export const PLAY_MEMBERS = {
  on: PLATFORM,
  contact: CONTACT,
  variables: VARS,
  from: Joi.string().max(64),
} as const;

/** The schema of a play, without its flows. */
export const PLAY_SCHEMA = closed({ ...PLAY_MEMBERS, steps: Joi.array().items(stepSchema()).required() });
