import type { JsonObject } from '../../src/contract/index.js';
import { member, objectsIn, textOf } from '../../src/contract/json-members.js';

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

/** A tap on a row or a button of a message, which it quotes. */
export function tapped({ id, title }: { readonly id: string; readonly title: string }, last: Heard | undefined): JsonObject {
  const kind = last?.kind === 'list' ? 'list_reply' : 'button_reply';
  return { type: 'interactive', interactive: { type: kind, [kind]: { id, title } }, ...(last ? { context: { id: last.id } } : {}) };
}

/** What the person sees of a body. */
export function shown(body: JsonObject): Pick<Heard, 'kind' | 'text' | 'choices' | 'url'> {
  const type = textOf(body['type']) ?? 'text';
  const part = body[type];
  if (type === 'interactive') {
    const action = member(part, 'action');
    const replies = objectsIn(member(action, 'buttons')).map((one) => member(one, 'reply'));
    const rows = objectsIn(member(action, 'sections')).flatMap((one) => objectsIn(one['rows']));
    const choices = [...replies, ...rows].map((one) => ({
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
    const texts = objectsIn(member(part, 'components')).flatMap((one) =>
      objectsIn(one['parameters']).map((parameter) => textOf(parameter['text']) ?? ''),
    );
    return { kind: type, text: texts.join(' '), choices: [] };
  }
  const url = textOf(member(part, 'link'));
  return {
    kind: type,
    text: textOf(member(part, 'body')) ?? textOf(member(part, 'caption')) ?? '',
    choices: [],
    ...(url === undefined ? {} : { url }),
  };
}
