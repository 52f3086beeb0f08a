import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Returns when the newest file in a folder was changed, or one was added or removed, in milliseconds. `isSource` says which files count. */
export function newestIn(path, isSource = () => true) {
  if (!existsSync(path)) return 0;
  const found = statSync(path);
  if (!found.isDirectory()) return isSource(path) ? found.mtimeMs : 0;
  const inside = readdirSync(path).filter((name) => name !== 'node_modules');
  return inside.reduce((newest, name) => Math.max(newest, newestIn(join(path, name), isSource)), found.mtimeMs);
}
