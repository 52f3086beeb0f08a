import { type HeardMessage, member, readObjects, readText, type ShownContent } from '../../../src/adapter-kit/index.js';
import type { Json, JsonObject } from '../../../src/contract/index.js';

/** Returns what the person sees of a body. */
export function shownIn(body: JsonObject): ShownContent {
  const type = readText(body['type']) ?? 'text';
  const part = body[type];
  if (type === 'interactive') return interactiveShown(part);
  if (type === 'template') return templateShown(part);
  const url = readText(member(part, 'link'));
  const text = readText(member(part, 'body')) ?? readText(member(part, 'caption')) ?? '';
  return { kind: type, text, choices: [], ...(url === undefined ? {} : { url }) };
}

function interactiveShown(part: Json | undefined): ShownContent {
  const action = member(part, 'action');
  const buttons = readObjects(member(action, 'buttons')).map((button) => member(button, 'reply'));
  const rows = readObjects(member(action, 'sections')).flatMap((section) => readObjects(section['rows']));
  const onCards = readObjects(member(action, 'cards'))
    .flatMap((card) => readObjects(member(card['action'], 'buttons')))
    .map((button) => member(button, 'quick_reply'));
  const choices = [...buttons, ...rows, ...onCards].map((choice) => ({
    id: readText(member(choice, 'id')) ?? '',
    title: readText(member(choice, 'title')) ?? '',
  }));
  const url = readText(member(member(member(part, 'header'), 'image'), 'link')) ?? readText(member(member(action, 'parameters'), 'url'));
  return {
    kind: readText(member(part, 'type')) ?? 'interactive',
    text: readText(member(member(part, 'body'), 'text')) ?? '',
    choices,
    ...(url === undefined ? {} : { url }),
  };
}

/** The texts of a template are stored at Meta: only its values are known. */
function templateShown(part: Json | undefined): ShownContent {
  const parameters = readObjects(member(part, 'components')).flatMap((component) => readObjects(component['parameters']));
  const payloads = parameters.flatMap((parameter) => readText(parameter['payload']) ?? []);
  const text = parameters.flatMap((parameter) => readText(parameter['text']) ?? []).join(' ');
  return { kind: 'template', text, choices: payloads.map((payload) => ({ id: payload, title: payload })) };
}

interface Tap {
  readonly from: string;
  readonly quotes?: string;
  readonly choice: { readonly id: string; readonly title: string };
}

/** Returns a tap on a choice. It quotes the message that it is on, and depends on its kind. */
export function tapOn(heard: readonly HeardMessage[], { from, quotes, choice }: Tap): JsonObject {
  const isTapped = (message: HeardMessage) => (quotes === undefined ? hasChoice(message, choice.id) : message.id === quotes);
  const message = heard.findLast((one) => one.to === from && isTapped(one));
  const context = message ? { context: { id: message.id } } : {};
  const { id, title } = choice;
  if (message?.kind === 'template') return { type: 'button', button: { payload: id, text: title }, ...context };
  const type = message?.kind === 'list' ? 'list_reply' : 'button_reply';
  return { type: 'interactive', interactive: { type, [type]: { id, title } }, ...context };
}

function hasChoice({ choices }: HeardMessage, id: string): boolean {
  return choices.some((choice) => choice.id === id);
}
