import { createHmac, randomBytes } from 'node:crypto';
import type { Store } from './contract/store/index.js';

/** Lower-case base32. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Returns a function that seals a text with sixteen letters: the same on every host of this installation, and not to be guessed without its
 * secret, which is made at the first start.
 */
export async function openLinkSeal({ meta }: Pick<Store, 'meta'>): Promise<(text: string) => string> {
  const secret = await meta.putIfAbsent('linkSecret', randomBytes(32).toString('hex'));
  return (text) => {
    const bytes = createHmac('sha256', secret).update(text).digest();
    return Array.from(bytes.subarray(0, 16), (byte) => LETTERS[byte % 32]).join('');
  };
}
