/** Shards of the sessions. Each key by which due sessions are found begins with one, so that several hosts need not look at the same sessions. */
export const SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => String(n).padStart(2, '0'));

/** Returns the shard of a session: the FNV-1a hash of its id. */
export function shardOf(id: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i += 1) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  return SHARDS[(hash >>> 0) % SHARDS.length] ?? '00';
}
