import type { AdapterLimits, Json, JsonObject, NodeProblem } from '../contract/index.js';
import { member } from '../contract/json/json-members.js';
import { unlessUnbound } from './limit-problems.js';
import { isLiteral } from './literal.js';

/** Returns warnings if a file would be sent as a link, because the provider demands more of a file than the message says. */
export function checkFile(message: JsonObject, { adapter, limits: { files = {} } }: AdapterLimits): readonly NodeProblem[] {
  const type = message['type'];
  const rule = type === 'image' || type === 'video' || type === 'document' ? files[type] : undefined;
  if (!rule) return [];
  const { endings, forbidden = [], bytes, seconds } = rule;
  const [url, size, duration] = [message['url'], message['sizeBytes'], message['durationSeconds']];
  const problems: NodeProblem[] = [];
  const warn = (pointer: string, reason: string, hint: string) =>
    problems.push({
      pointer,
      code: 'message/sent-as-link',
      message: `${adapter} shows a link instead of the file: ${reason}`,
      hint,
      severity: 'warning',
    });
  if (endings && typeof url === 'string' && isLiteral(url) && !endings.some((ending) => isLiteralWith(url, `.${ending}`)))
    warn('/url', `its address does not end in ${listed(endings)}`, 'Use a file of such a type, or a message of the type `link`.');
  for (const member of ['url', 'fileName']) {
    const ending = forbidden.find((one) => isLiteralWith(message[member], `.${one}`));
    if (ending !== undefined) warn(`/${member}`, `it ends in .${ending}`, 'Use another format, or a message of the type `link`.');
  }
  if (bytes !== undefined && size === undefined)
    warn('/sizeBytes', 'its size is missing', 'Add `sizeBytes`, or use a message of the type `link`.');
  if (bytes !== undefined && typeof size === 'number' && size > bytes)
    warn('/sizeBytes', `it is larger than ${bytes} bytes`, 'Use a smaller file, or a message of the type `link`.');
  if (seconds !== undefined && typeof duration === 'number' && duration > seconds)
    problems.push({
      pointer: '/durationSeconds',
      code: 'message/too-long',
      message: `the video is longer than ${seconds} seconds, which ${adapter} does not accept`,
      hint: `Shorten it to at most ${seconds} seconds; else its length is not shown.`,
      severity: 'warning',
    });
  return problems;
}

/** Returns what is wrong with a message that is drawn in the provider's JSON, as far as it has no templates. */
export function checkDrawn({ type, body }: JsonObject, by: AdapterLimits): readonly NodeProblem[] {
  if (body === undefined || typeof body === 'string') return [];
  const { request } = by.limits;
  const size = new TextEncoder().encode(JSON.stringify(body)).length;
  const problems: NodeProblem[] = [];
  if (request !== undefined && size > request) {
    const message = `the message has ${size} bytes; ${by.adapter} accepts at most ${request}`;
    problems.push(unlessUnbound({ pointer: '/body', code: 'message/too-long', message, hint: 'Shorten it.' }, by));
  }
  if ((type === 'keyboard' || type === 'rich-media') && !hasButtons(body))
    problems.push({
      pointer: '/body/Buttons',
      code: 'message/no-buttons',
      message: 'the keyboard has no buttons',
      hint: 'Add at least one button to `Buttons`.',
    });
  return problems;
}

/** Returns whether there are buttons, or a template that may give them. */
function hasButtons(body: Json): boolean {
  const buttons = member(body, 'Buttons');
  return Array.isArray(buttons) ? buttons.length > 0 : typeof buttons === 'string';
}

function isLiteralWith(address: Json | undefined, ending: string): boolean {
  return typeof address === 'string' && isLiteral(address) && pathOf(address).endsWith(ending);
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '').toLowerCase();
}

function listed(endings: readonly string[]): string {
  return endings.map((ending) => `.${ending}`).join(', ');
}
