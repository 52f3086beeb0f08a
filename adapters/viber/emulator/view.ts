import type { JsonObject } from '../../../src/contract/index.js';
import { member, objectsIn, textOf } from '../../../src/contract/json-members.js';

/** A message that was taken for a person. */
export interface Heard {
  readonly index: number;
  readonly to: string;
  /** The token, digit by digit. */
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly url?: string;
  /** It came as the answer to `conversation_started`. */
  readonly isWelcome?: true;
  readonly body: JsonObject;
}

/** What the person sees of a body: buttons as their words, without markup, with what a tap on them says. */
export function shown(body: JsonObject): Pick<Heard, 'kind' | 'text' | 'choices' | 'url'> {
  const kind = textOf(body['type']) ?? 'keyboard';
  const buttons = [body['rich_media'], body['keyboard']].flatMap((board) => objectsIn(member(board, 'Buttons')));
  const labels = kind === 'rich_media' ? buttons.filter((one) => one['ActionType'] === 'none').map(titleOf) : [];
  const contact = body['contact'];
  const opened = buttons.find((one) => one['ActionType'] === 'open-url');
  const url = textOf(body['media']) ?? textOf(opened?.['ActionBody']);
  return {
    kind,
    text: textOf(body['text']) ?? textOf(member(contact, 'name')) ?? labels.filter((label) => label !== '').join('\n'),
    choices: buttons.filter(answers).map((one) => ({ id: textOf(one['ActionBody']) ?? '', title: titleOf(one) })),
    ...(url === undefined ? {} : { url }),
  };
}

function answers(button: JsonObject): boolean {
  return !['open-url', 'none'].includes(textOf(button['ActionType']) ?? 'reply');
}

const SIGNS: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

function titleOf(button: JsonObject): string {
  return (textOf(button['Text']) ?? '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]+>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (sign) => SIGNS[sign] ?? sign);
}
