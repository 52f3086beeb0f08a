import type { Problem } from '../../contract/index.js';
import { noTimeZone } from '../../params/no-time-zone.js';
import type { Checked } from './checked.js';

/** Warns of dates in texts that are shown in the flow's time zone, if there is none. */
export function checkDatesShown({ known, settings, world }: Checked): readonly Problem[] {
  const zone = settings.timeZone ?? world.timeZone;
  if (zone !== undefined) return [];
  return known.flatMap(({ node, at, fields }) =>
    fields
      .filter(({ holds, value }) => holds !== 'regex' && showsDate(value))
      .flatMap(({ pointer }) => noTimeZone(`${at}/params${pointer}`, 'a date is shown', {}))
      .map((problem) => ({ ...problem, node: node.id, severity: 'warning' as const })),
  );
}

/** Returns whether a text has a date filter without its second argument, the time zone. */
function showsDate(text: string): boolean {
  const filters = text.match(/\|\s*date(?:_to_[a-z_0-9]+)?\b[^|}%]*(?:%[^|}]*)?/g) ?? [];
  return filters.some((filter) => !filter.replace(/"[^"]*"|'[^']*'/g, '').includes(','));
}
