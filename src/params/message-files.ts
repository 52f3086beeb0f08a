import type { ChannelLimits, Json, JsonObject, NodeProblem } from '../contract/index.js';
import { member } from '../contract/json/json-members.js';

/** Warns of a file that the channel does not show: it sends a link instead. The provider trusts the message and does not look at the file. */
export function checkFile(message: JsonObject, { files = {} }: ChannelLimits): readonly NodeProblem[] {
  const type = message['type'];
  const rule = type === 'image' || type === 'video' || type === 'document' ? files[type] : undefined;
  if (!rule) return [];
  const [url, size, seconds] = [message['url'], message['sizeBytes'], message['durationSeconds']];
  const problems: NodeProblem[] = [];
  const tell = (pointer: string, why: string, hint: string) =>
    problems.push({
      pointer,
      code: 'message/sent-as-link',
      message: `the channel shows a link instead of the file: ${why}`,
      hint,
      severity: 'warning',
    });
  const { endings, bytes } = rule;
  if (endings && typeof url === 'string' && isLiteral(url) && !endings.some((one) => pathOf(url).endsWith(`.${one}`)))
    tell('/url', `its address does not end in ${listed(endings)}`, 'Use a file of such a type, or a message of the type `link`.');
  if (bytes !== undefined && size === undefined)
    tell('/sizeBytes', 'its size is missing', 'Add `sizeBytes`, or use a message of the type `link`.');
  if (bytes !== undefined && typeof size === 'number' && size > bytes)
    tell('/sizeBytes', `it is larger than ${bytes} bytes`, 'Use a smaller file, or a message of the type `link`.');
  if (rule.seconds !== undefined && typeof seconds === 'number' && seconds > rule.seconds)
    problems.push({
      pointer: '/durationSeconds',
      code: 'message/too-long',
      message: `the video is longer than ${rule.seconds} seconds`,
      hint: `Shorten it to at most ${rule.seconds} seconds; else its length is not shown.`,
      severity: 'warning',
    });
  return problems;
}

/** Returns what is wrong with a message in the channel's own JSON. Parts with templates are not known yet. */
export function checkDrawn({ type, body }: JsonObject, { request }: ChannelLimits): readonly NodeProblem[] {
  if (body === undefined || typeof body === 'string') return [];
  const size = new TextEncoder().encode(JSON.stringify(body)).length;
  const problems: NodeProblem[] = [];
  if (request !== undefined && size > request)
    problems.push({
      pointer: '/body',
      code: 'message/too-long',
      message: `the message has ${size} bytes; the channel accepts at most ${request}`,
      hint: 'Shorten it.',
    });
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

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '').toLowerCase();
}

function listed(endings: readonly string[]): string {
  return endings.map((one) => `.${one}`).join(', ');
}

/** Returns whether a text has no templates, so that it is known before it is sent. */
export function isLiteral(text: string): boolean {
  return !text.includes('{{') && !text.includes('{%');
}
