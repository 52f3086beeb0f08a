import { timingSafeEqual } from 'node:crypto';
import { extname } from 'node:path/posix';

/** Makes and reads the addresses at which the host serves files that people have sent. */
export interface MediaAddresses {
  /** Returns the address of a file, valid until a time in milliseconds since 1970. `ending` is one of a file name, such as `.jpg`. */
  make(id: string, about: { readonly until: number; readonly ending?: string }): string;
  /** Returns the id of the file of an address, or of its last part; `expired` if its time is over; undefined if it is not one of ours. */
  read(address: string, now: number): string | 'expired' | undefined;
}

/** For addresses that flows and calls get. */
export const FOR_FLOWS = 86_400_000;
/** For addresses that the API shows. */
export const FOR_VIEWERS = 300_000;

const TOKEN = /(?:^|\/media\/)([a-z0-9]{1,64})\.([a-z0-9]{1,12})\.([a-z2-7]{16})(?:\.[a-z0-9]{1,8})?$/;

/**
 * An address has the id, the end of its time, and a seal that only this installation can make: `/media/<id>.<until>.<seal>.jpg`. The ending
 * is for providers that look at it. `base` returns the public address of the host.
 */
export function createMediaAddresses(base: () => string, seal: (text: string) => string): MediaAddresses {
  const sealOf = (id: string, until: string) => seal(`media:${id}.${until}`);
  return {
    make(id, { until, ending = '' }) {
      const end = Math.floor(until / 1_000).toString(36);
      return `${base().replace(/\/$/, '')}/media/${id}.${end}.${sealOf(id, end)}${ending}`;
    },
    read(address, now) {
      const [, id = '', end = '', found] = TOKEN.exec(address) ?? [];
      // Both seals have sixteen letters.
      if (found === undefined || !timingSafeEqual(Buffer.from(found), Buffer.from(sealOf(id, end)))) return undefined;
      return Number.parseInt(end, 36) * 1_000 < now ? 'expired' : id;
    },
  };
}

const ENDINGS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/gif', '.gif'],
  ['image/webp', '.webp'],
  ['video/mp4', '.mp4'],
  ['video/3gpp', '.3gp'],
  ['audio/ogg', '.ogg'],
  ['audio/mpeg', '.mp3'],
  ['audio/mp4', '.m4a'],
  ['audio/aac', '.aac'],
  ['application/pdf', '.pdf'],
]);

/** Returns the ending that the name of a file would have: of its name, its type, or the provider's address. */
export function endingOf(file: { readonly fileName?: string; readonly mimeType?: string; readonly url?: string }): string | undefined {
  const path = file.url !== undefined && URL.canParse(file.url) ? new URL(file.url).pathname : '';
  const known = ENDINGS.get((file.mimeType ?? '').split(';')[0]?.trim() ?? '');
  return [extname(file.fileName ?? ''), known ?? '', extname(path)]
    .map((one) => one.toLowerCase())
    .find((one) => /^\.[a-z0-9]{1,8}$/.test(one));
}
