import { member, readObjects, readText, type ShownContent } from '../../../src/adapter-kit/index.js';
import type { JsonObject } from '../../../src/contract/index.js';

/** Returns what the person sees of a body. The title of a choice is the text on its button, without markup; its id is what a tap sends. */
export function shownIn(body: JsonObject): ShownContent {
  const kind = readText(body['type']) ?? 'keyboard';
  const buttons = [body['rich_media'], body['keyboard']].flatMap((board) => readObjects(member(board, 'Buttons')));
  const labels = kind === 'rich_media' ? buttons.filter((button) => button['ActionType'] === 'none').map(titleOf) : [];
  const link = buttons.find((button) => button['ActionType'] === 'open-url');
  const url = readText(body['media']) ?? readText(link?.['ActionBody']);
  return {
    kind,
    text: readText(body['text']) ?? readText(member(body['contact'], 'name')) ?? labels.filter((label) => label !== '').join('\n'),
    choices: buttons.filter(isTappable).map((button) => ({ id: readText(button['ActionBody']) ?? '', title: titleOf(button) })),
    ...(url === undefined ? {} : { url }),
  };
}

function isTappable(button: JsonObject): boolean {
  return !['open-url', 'none'].includes(readText(button['ActionType']) ?? 'reply');
}

const ENTITIES: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

function titleOf(button: JsonObject): string {
  return (readText(button['Text']) ?? '')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<[^<>]+>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
