/** Members of the content that flows keep of a picture, a voice note, a file, a sticker or a place. */
const CONTENT: ReadonlySet<string> = new Set(['type', 'text', 'mediaUrl', 'mediaId', 'mimeType', 'fileName', 'latitude', 'longitude']);

/**
 * Returns the words of what a person sent: the text, the caption, the file name, the name of a place, the names on contact cards.
 *
 * @param value a message as flows see it (`lastMessage`), or what a flow has saved of one.
 * @returns '' if there are no words, as in a voice note; undefined if the value does not look like something that a person sent.
 */
export function wordsOfMessage(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.length > 0 && value.every(isCard) ? value.map(nameOnCard).filter(Boolean).join(', ') : undefined;
  if (value === null || typeof value !== 'object') return undefined;
  const { type, text, fileName, channel, platform } = value as Readonly<Record<string, unknown>>;
  if (typeof type !== 'string') return undefined;
  const isMessage = typeof channel === 'string' && typeof platform === 'string' && typeof text === 'string';
  const isContent =
    Object.keys(value).every((name) => CONTENT.has(name)) && ['mediaUrl', 'mediaId', 'latitude'].some((name) => name in value);
  if (!isMessage && !isContent && Object.keys(value).length > 1) return undefined;
  return [text, fileName].find((words): words is string => typeof words === 'string' && words.trim() !== '') ?? '';
}

/** A contact card, as in the messages of both platforms. */
interface Card {
  readonly name?: { readonly formatted_name?: unknown };
  readonly phones?: readonly { readonly phone?: unknown }[];
}

function isCard(value: unknown): value is Card {
  if (value === null || typeof value !== 'object') return false;
  const { name, phones } = value as { readonly name?: unknown; readonly phones?: unknown };
  return (name !== null && typeof name === 'object' && 'formatted_name' in name) || (Array.isArray(phones) && phones.length > 0);
}

function nameOnCard({ name, phones }: Card): string {
  const words = [name?.formatted_name, phones?.[0]?.phone].find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof words === 'string' ? words : '';
}
