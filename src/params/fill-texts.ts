import type { Json, JsonObject, NodeScope, Vars } from '../contract/index.js';

type Members = Readonly<Record<string, Json | undefined>>;

/** The members of a message that are addresses. */
const ADDRESSES: ReadonlySet<string> = new Set(['url', 'thumbnailUrl', 'imageUrl']);

/**
 * Fills the templates in a message. Returns undefined if an expression leads an address elsewhere (see `scope.address`); then nothing may be
 * sent. Values of a WhatsApp template are put on one line. `more` are variables that hide those of the flow.
 */
export function fillTexts(message: Members, scope: NodeScope<unknown>, more?: Vars): Readonly<Record<string, Json>> | undefined {
  const isTemplate = message['type'] === 'template';
  let isLost = false;
  const fill = (value: Json, key: string, within: string): Json => {
    if (Array.isArray(value)) return value.map((one: Json) => fill(one, key, within));
    if (value !== null && typeof value === 'object') return membersOf(value as JsonObject, (one, name) => fill(one, name, within));
    if (typeof value !== 'string') return value;
    // The `url` of a template's button is only the end of an address.
    if (!ADDRESSES.has(key) || (isTemplate && within === 'buttons'))
      return isTemplate ? onOneLine(scope.text(value, more)) : scope.text(value, more);
    const address = scope.address(value, more);
    isLost ||= address === undefined;
    return address ?? '';
  };
  const filled = membersOf(message, (one, key) => fill(one, key, key));
  return isLost ? undefined : filled;
}

/** Meta refuses template values with line breaks, tabs or several blanks in a row. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function membersOf(object: Members, fill: (value: Json, key: string) => Json): Readonly<Record<string, Json>> {
  const filled: Record<string, Json> = {};
  for (const key in object) {
    const one = object[key];
    if (one !== undefined && !key.startsWith('x-')) filled[key] = fill(one, key);
  }
  return filled;
}
