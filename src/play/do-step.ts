import { isRefused } from '../contract/host/index.js';
import type { ChannelId, FlowEvent, JsonObject, OutboundMessage, Platform, QuotedMessage, Vars } from '../contract/index.js';
import { isWaitingFor } from '../engine/waits.js';
import { problemsOfJoi, validateAll } from '../flow/problems-of-joi.js';
import type { Program } from '../flow/program.js';
import { anyMessageParams, type MessageParams } from '../params/message.js';
import { fillWritten } from '../params/written-message.js';
import { manualTrigger, readStartInputs } from '../published/start-inputs.js';
import { answerCall, callToAnswer } from './answer-call.js';
import { findTap } from './find-tap.js';
import { passUntil } from './pass-time.js';
import { timeAt } from './play-clock.js';
import { PlayStopped, stop } from './play-problem.js';
import { PAGE, type PlayStep, type SentByPerson } from './play-step.js';
import { CHANNEL_ON, personOn } from './play-world.js';
import type { Scene, SentMessage } from './scene.js';
import { takeEvent } from './take-event.js';

/** Does a step, and whatever follows from it at once. A step that really makes a call is not done here. */
export function doStep(scene: Scene, step: PlayStep): void {
  const kind = KINDS.find((one) => step[one] !== undefined);
  if (kind) STEPS[kind](scene, step);
  // A moment that was past already when a node began to wait for it.
  passUntil(scene, scene.seconds);
}

type Kind = Exclude<keyof PlayStep, 'on' | 'call'>;

const STEPS: Readonly<Record<Kind, (scene: Scene, step: PlayStep) => void>> = {
  say: (scene, step) => hear(scene, step, { type: 'text', text: step.say ?? '' }),
  tap: tapButton,
  send: sendAnything,
  open: openChat,
  link: openLink,
  start: startFlow,
  pass: (scene, { pass = 0 }) => passUntil(scene, scene.seconds + pass),
  receipt: takeReceipt,
  refuse(scene, { refuse: code }) {
    scene.refuse = code === undefined ? undefined : { code, step: scene.step };
  },
  answer(scene, { answer }) {
    if (answer) answerCall(scene, callToAnswer(scene, 'answer'), { ok: answer.ok, value: answer.value });
  },
  operator: operate,
};
const KINDS = Object.keys(STEPS) as readonly Kind[];

/** An operator writes, gives the talk back, or both. */
function operate(scene: Scene, { operator: { text, message, giveBack } = {} }: PlayStep): void {
  const words = message ? messageBy(scene, message) : text === undefined ? undefined : ({ type: 'text', text } as const);
  const said = { ...(words ? { message: words } : {}), ...(giveBack ? { giveBack } : {}) };
  takeEvent(scene, { event: { ...eventOf(scene), type: 'operator', by: 'operator', ...said } });
}

/** Reads the message of an operator as the call of the API does. */
function messageBy({ talk, step }: Scene, message: JsonObject): OutboundMessage {
  const pointer = `/steps/${step}/operator/message`;
  const { value, error } = validateAll(anyMessageParams(), message);
  if (error) throw new PlayStopped(problemsOfJoi(error, { pointer, code: 'play', page: PAGE }));
  return (
    fillWritten(value as MessageParams, talk.state.contact.language) ??
    stop({ pointer, code: 'play/wrong', message: 'the message has nothing to react to, or no valid place', hint: 'Correct the message.' })
  );
}

function eventOf({ step, seconds }: Scene): { readonly id: string; readonly at: string } {
  return { id: `e${step}`, at: timeAt(seconds) };
}

function placeOf(
  scene: Scene,
  { on = scene.platform }: Pick<PlayStep, 'on'>,
): { readonly platform: Platform; readonly channel: ChannelId } {
  return { platform: on, channel: CHANNEL_ON[on] };
}

/** The person writes. */
function hear(scene: Scene, step: PlayStep, said: SentByPerson): void {
  const { platform, channel } = placeOf(scene, step);
  const { id, at } = eventOf(scene);
  const from = personOn(platform, scene.name);
  const message = { id: `m${scene.step}`, channel, platform, from, sentAt: at, ...said, text: said.text ?? '' };
  takeEvent(scene, { event: { id, at, type: 'message', message } });
}

function tapButton(scene: Scene, step: PlayStep): void {
  const { channel } = placeOf(scene, step);
  const { message, id, title } = findTap(scene, step, channel);
  hear(scene, step, { type: 'choice', choice: id, title, text: title, quoted: quoted(message) });
}

/** A file that is only named by its kind gets an address, and a reaction is to the newest message. */
function sendAnything(scene: Scene, step: PlayStep): void {
  const { channel } = placeOf(scene, step);
  const { send = { type: 'unknown' } } = step;
  const file = Object.hasOwn(FILES, send.type) && send.mediaId === undefined ? FILES[send.type] : undefined;
  const newest = scene.sent.findLast(({ effect, refused }) => effect.body.channel === channel && !refused);
  const quotes = send.type === 'reaction' && newest ? { quoted: quoted(newest) } : {};
  hear(scene, step, { ...file, ...quotes, ...send });
}

const FILES: Readonly<Record<string, Pick<SentByPerson, 'mediaUrl' | 'mimeType' | 'fileName'>>> = {
  image: { mediaUrl: 'https://files.example/picture.jpg', mimeType: 'image/jpeg' },
  video: { mediaUrl: 'https://files.example/film.mp4', mimeType: 'video/mp4' },
  audio: { mediaUrl: 'https://files.example/voice.ogg', mimeType: 'audio/ogg' },
  document: { mediaUrl: 'https://files.example/paper.pdf', mimeType: 'application/pdf', fileName: 'paper.pdf' },
  sticker: { mediaUrl: 'https://files.example/sticker.webp', mimeType: 'image/webp' },
};

function quoted({ effect: { id, node, flow, run } }: SentMessage): QuotedMessage {
  return {
    id,
    effect: id,
    ...(node === undefined ? {} : { node }),
    ...(flow === undefined ? {} : { flow }),
    ...(run === undefined ? {} : { run }),
  };
}

function openChat(scene: Scene, step: PlayStep): void {
  const { platform, channel } = placeOf(scene, step);
  if (platform !== 'viber')
    stop({
      pointer: `/steps/${scene.step}/open`,
      code: 'play/not-there',
      message: 'only Viber has this event',
      hint: 'Add "on": "viber".',
    });
  const { open = true } = step;
  const change = open === 'subscribed' || open === 'unsubscribed' ? open : 'started';
  const context = typeof open === 'object' ? { context: open.context } : {};
  const from = personOn(platform, scene.name);
  // Who opens the chat has not subscribed by that.
  takeEvent(scene, {
    event: { ...eventOf(scene), type: 'subscription', channel, from, change, subscribed: change === 'subscribed', ...context },
  });
}

function openLink(scene: Scene): void {
  const newest = scene.talk.state.links?.at(-1);
  if (!newest)
    stop({
      pointer: `/steps/${scene.step}/link`,
      code: 'play/no-link',
      message: 'no link to the other platform is open',
      hint: 'Open a link after the message that has it: `{{ link.viber }}` or `{{ link.whatsapp }}`.',
    });
  const { platform, token } = newest;
  const { id, at } = eventOf(scene);
  // A link to WhatsApp is opened by a message, one to Viber by the chat alone.
  const how = platform === 'whatsapp' ? { wroteAt: at } : { subscribed: false };
  const from = personOn(platform, scene.name);
  takeEvent(scene, { event: { id, at, type: 'linked', channel: CHANNEL_ON[platform], platform, from, token, ...how } });
}

function startFlow(scene: Scene, step: PlayStep): void {
  const { start: { data = {}, flow = scene.tried.code, onBusy } = {} } = step;
  const pointer = `/steps/${scene.step}/start`;
  const program = scene.flows.find(({ code }) => code === flow);
  if (!program)
    stop({
      pointer: `${pointer}/flow`,
      code: 'play/unknown-flow',
      message: `the flow "${flow}" is not part of the play`,
      hint: `Use one of ${scene.flows.map(({ code }) => `"${code}"`).join(', ')}, or add its file.`,
    });
  const trigger = manualTrigger(program);
  if (isRefused(trigger))
    stop({
      pointer,
      code: trigger.refused,
      message: trigger.detail?.replace(/\.$/, '') ?? 'refused',
      hint: 'Add a trigger `TriggeredManually`.',
    });
  takeEvent(scene, {
    event: startOf(scene, step, { program, onBusy: onBusy ?? trigger.onBusy ?? 'queue', data: inputsOf(program, data, pointer) }),
  });
}

/** Reads the inputs of a start as the trigger call does. Stops the play if they are wrong. */
function inputsOf(program: Program, data: Vars, pointer: string): Vars {
  const inputs = readStartInputs(program, data);
  if (isRefused(inputs)) throw new PlayStopped((inputs.problems ?? []).map((one) => ({ ...one, pointer: pointer + one.pointer })));
  return inputs.vars;
}

/** What a start begins. */
interface Begun {
  readonly program: Pick<Program, 'code' | 'version'>;
  readonly onBusy: 'ignore' | 'interrupt' | 'queue' | 'background';
  readonly data: Vars;
}

/** Returns the event of a start, as the trigger call makes it. */
function startOf(scene: Scene, step: Pick<PlayStep, 'on'>, { program: { code: flow, version }, onBusy, data }: Begun): FlowEvent {
  const { platform, channel } = placeOf(scene, step);
  const from = personOn(platform, scene.name);
  const run = `run${scene.step}`;
  return { ...eventOf(scene), type: 'start', flow, version, run, channel, from, by: 'api', lane: 'reply', onBusy, data };
}

/** A receipt that no run waits for is no turn, as in a host. */
function takeReceipt(scene: Scene, { receipt = 'sent' }: PlayStep): void {
  const { talk, sent } = scene;
  const taken = sent.filter(({ refused }) => !refused);
  const message = taken.findLast(({ effect }) => isWaitingFor(talk.state, effect.id)) ?? taken.at(-1);
  if (!message)
    stop({
      pointer: `/steps/${scene.step}/receipt`,
      code: 'play/no-message',
      message: 'no message was sent yet',
      hint: 'A receipt comes after its message.',
    });
  const { id } = message.effect;
  if (!isWaitingFor(talk.state, id)) return;
  const { at } = eventOf(scene);
  const error =
    receipt === 'failed' ? { error: { kind: 'rejected', code: 'failed', message: 'the provider could not deliver it' } as const } : {};
  const messageId = `message-${sent.indexOf(message) + 1}`;
  takeEvent(scene, {
    event: { id: `${id}:${receipt}:${scene.step}`, at, type: 'receipt', effectId: id, status: receipt, messageId, ...error },
  });
}

/** Lets a run stand before a node, with these variables, as if the person had just written. */
export function beginAt(scene: Scene, { node, variables }: { readonly node: string; readonly variables: Vars }): void {
  const { tried, world } = scene;
  if (!tried.nodes.has(node))
    stop({ pointer: '/from', code: 'play/unknown-node', message: `the flow has no node "${node}"`, hint: 'Use the id of a node.' });
  const here: Program = { ...tried, start: node };
  const programs = { ...world.programs, get: (key: string) => (key === tried.key ? here : world.programs.get(key)) };
  const event = startOf(scene, {}, { program: tried, onBusy: 'interrupt', data: variables });
  takeEvent(scene, { event, world: { ...world, programs } });
  passUntil(scene, scene.seconds);
}
