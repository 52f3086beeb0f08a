import type { Body } from './api.js';
import { table } from './table.js';

/** Who stands in earlier versions, and what becomes of them: as a publish answers it. */
export function showStanding({ positions, ended, ...request }: Body): string {
  const [name = 'keep', count = 0] = Object.entries(request)[0] ?? [];
  if (count === 0) return 'nobody is in the middle of it\n';
  const rows = positions.map((one: Body) => [String(one.version), one.node, String(one.waiting)]);
  const words = WORDS[name] ?? name;
  return `${count} ${count === 1 ? 'session is' : 'sessions are'} in the middle of it, and ${words}${ended === undefined ? '' : ` (${ended} at once)`}\n${table(['VERSION', 'NODE', 'WAITING'], rows)}`;
}

const WORDS: Readonly<Record<string, string>> = {
  keep: 'stay on their version',
  migrate: 'go over when they are next heard of',
  end: 'are ended',
};
