import { member, readText, withoutEmpty } from '../../src/adapter-kit/index.js';
import type { Json, ShownMedia } from '../../src/contract/index.js';

/** Returns a file by its type: that of a message, of a header or of a template's parameter. */
export function shownMedia(kind: ShownMedia['kind'], part: Json | undefined): ShownMedia {
  const [url, id, name] = ['link', 'id', 'filename'].map((of) => readText(member(part, of)));
  return withoutEmpty<ShownMedia>({ kind, url, id, name });
}
