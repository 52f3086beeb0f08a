import type { Body } from './api.js';
import { table } from './table.js';

/** Writes how many sessions stand in earlier versions, and what becomes of them, from the answer to a publish. */
export function showStanding({ positions, ended, ...request }: Body): string {
  const [name = 'keep', count = 0] = Object.entries(request)[0] ?? [];
  if (count === 0) return 'no sessions in earlier versions\n';
  const rows = positions.map((one: Body) => [String(one.version), one.node, String(one.waiting)]);
  const words = WORDS[name] ?? name;
  return `${count} ${count === 1 ? 'session' : 'sessions'} in earlier versions: ${words}${ended === undefined ? '' : ` (${ended} so far)`}\n${table(['VERSION', 'NODE', 'WAITING'], rows)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  keep: 'kept on their version',
  migrate: 'moved when the person next writes or a wait ends',
  end: 'ended',
};
