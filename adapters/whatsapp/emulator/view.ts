import type { JsonObject } from '../../../src/contract/index.js';
import { member, objectsIn, textOf } from '../../../src/contract/json-members.js';

/** A message that was taken for a person. */
export interface Heard {
  readonly index: number;
  readonly to: string;
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly url?: string;
  readonly body: JsonObject;
}

export function shows({ choices }: Heard, id: string): boolean {
  return choices.some((choice) => choice.id === id);
}

/** A tap on a row or a button of a message, which it quotes. */
export function tapped({ id, title }: { readonly id: string; readonly title: string }, on: Heard | undefined): JsonObject {
  const context = on ? { context: { id: on.id } } : {};
  if (on?.kind === 'template') return { type: 'button', button: { payload: id, text: title }, ...context };
  const kind = on?.kind === 'list' ? 'list_reply' : 'button_reply';
  return { type: 'interactive', interactive: { type: kind, [kind]: { id, title } }, ...context };
}

/** What the person sees of a body. */
export function shown(body: JsonObject): Pick<Heard, 'kind' | 'text' | 'choices' | 'url'> {
  const type = textOf(body['type']) ?? 'text';
  const part = body[type];
  if (type === 'interactive') {
    const action = member(part, 'action');
    const replies = objectsIn(member(action, 'buttons')).map((one) => member(one, 'reply'));
    const rows = objectsIn(member(action, 'sections')).flatMap((one) => objectsIn(one['rows']));
    const onCards = objectsIn(member(action, 'cards'))
      .flatMap((card) => objectsIn(member(card['action'], 'buttons')))
      .map((one) => member(one, 'quick_reply'));
    const choices = [...replies, ...rows, ...onCards].map((one) => ({
      id: textOf(member(one, 'id')) ?? '',
      title: textOf(member(one, 'title')) ?? '',
    }));
    const url = textOf(member(member(member(part, 'header'), 'image'), 'link')) ?? textOf(member(member(action, 'parameters'), 'url'));
    return {
      kind: textOf(member(part, 'type')) ?? type,
      text: textOf(member(member(part, 'body'), 'text')) ?? '',
      choices,
      ...(url === undefined ? {} : { url }),
    };
  }
  if (type === 'template') {
    const parameters = objectsIn(member(part, 'components')).flatMap((one) => objectsIn(one['parameters']));
    const payloads = parameters.flatMap((one) => textOf(one['payload']) ?? []);
    const text = parameters.flatMap((one) => textOf(one['text']) ?? []).join(' ');
    return { kind: type, text, choices: payloads.map((payload) => ({ id: payload, title: payload })) };
  }
  const url = textOf(member(part, 'link'));
  return {
    kind: type,
    text: textOf(member(part, 'body')) ?? textOf(member(part, 'caption')) ?? '',
    choices: [],
    ...(url === undefined ? {} : { url }),
  };
}
