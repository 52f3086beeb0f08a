import type { MediaFile } from '../contract/store/index.js';

/** Returns a file whose bytes were removed. */
export function gone({ due: _, ...file }: MediaFile, reason: string): MediaFile {
  return { ...file, state: 'gone', size: 0, reason };
}
