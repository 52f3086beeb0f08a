import type { Problem } from '../../contract/index.js';
import { noTimeZone } from '../../params/no-time-zone.js';
import type { Checked } from './checked.js';

/** Dates that texts show are on the clocks of the flow, unless the filter names a zone. */
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

/** A date filter without its second argument, the zone. */
function showsDate(text: string): boolean {
  const filters = text.match(/\|\s*date(?:_to_[a-z_0-9]+)?\b[^|}%]*(?:%[^|}]*)?/g) ?? [];
  return filters.some((filter) => !filter.replace(/"[^"]*"|'[^']*'/g, '').includes(','));
}
