import type { ChannelLimits, Json, JsonObject, NodeProblem } from '../contract/index.js';

/** Warnings where a file would not be shown but linked to, because the provider does not look at files itself. */
export function checkFile(message: JsonObject, { files = {} }: ChannelLimits): readonly NodeProblem[] {
  const type = message['type'];
  const rule = type === 'image' || type === 'video' || type === 'document' ? files[type] : undefined;
  if (!rule) return [];
  const [url, size, seconds] = [message['url'], message['sizeBytes'], message['durationSeconds']];
  const problems: NodeProblem[] = [];
  const tell = (pointer: string, why: string, hint: string) =>
    problems.push({ pointer, code: 'message/sent-as-link', message: `the channel does not show it: ${why}`, hint, severity: 'warning' });
  const { endings, bytes } = rule;
  if (endings && typeof url === 'string' && isLiteral(url) && !endings.some((one) => pathOf(url).endsWith(`.${one}`)))
    tell('/url', `the address does not end in ${listed(endings)}`, 'Use such a file, or let people open a link.');
  if (bytes !== undefined && size === undefined)
    tell('/sizeBytes', 'it has to be told the size', 'Say how many bytes the file has, or let people open a link.');
  if (bytes !== undefined && typeof size === 'number' && size > bytes)
    tell('/sizeBytes', `it takes ${bytes} bytes`, 'Use a smaller file, or let people open a link.');
  if (rule.seconds !== undefined && typeof seconds === 'number' && seconds > rule.seconds)
    problems.push({
      pointer: '/durationSeconds',
      code: 'message/too-long',
      message: `the channel takes ${rule.seconds} seconds`,
      hint: `Shorten it to ${rule.seconds} seconds; the length is not shown.`,
      severity: 'warning',
    });
  return problems;
}

/** What is wrong with a message that is drawn in the channel's own words, as far as templates let it be seen. */
export function checkDrawn({ type, body }: JsonObject, { request }: ChannelLimits): readonly NodeProblem[] {
  if (body === undefined || typeof body === 'string') return [];
  const size = new TextEncoder().encode(JSON.stringify(body)).length;
  const problems: NodeProblem[] = [];
  if (request !== undefined && size > request)
    problems.push({
      pointer: '/body',
      code: 'message/too-long',
      message: `it has ${size} bytes; the channel takes ${request}`,
      hint: 'Take something out of it.',
    });
  if ((type === 'keyboard' || type === 'rich-media') && !hasButtons(body))
    problems.push({
      pointer: '/body/Buttons',
      code: 'message/no-buttons',
      message: 'it has no buttons',
      hint: 'Put at least one button into Buttons.',
    });
  return problems;
}

/** A template may give them. */
function hasButtons(body: Json): boolean {
  const buttons = body !== null && typeof body === 'object' && !Array.isArray(body) ? (body as JsonObject)['Buttons'] : undefined;
  return Array.isArray(buttons) ? buttons.length > 0 : typeof buttons === 'string';
}

function pathOf(address: string): string {
  return address.replace(/[?#].*$/s, '').toLowerCase();
}

function listed(endings: readonly string[]): string {
  return endings.map((one) => `.${one}`).join(', ');
}

/** Without templates, so that its length is known. */
export function isLiteral(text: string): boolean {
  return !text.includes('{{') && !text.includes('{%');
}
