import type { Json, NodeProblem, Problem } from '../contract/index.js';
import { isTimeZone } from '../text/date.js';
import { meantAmong, squashed } from '../text/meant-name.js';

/** Reports a field `zone` that is neither `contact` nor `flow` nor a time zone. */
export function checkZone(zone: Json | undefined, pointer: string): readonly NodeProblem[] {
  if (typeof zone !== 'string' || ['contact', 'flow'].includes(zone) || isTimeZone(zone)) return [];
  return [
    {
      pointer,
      code: 'flow/unknown-zone',
      message: `unknown time zone "${zone}"`,
      ...zoneMeant(zone, pointer, 'Use "contact", "flow", or a name such as Europe/Berlin.'),
    },
  ];
}

/** Returns the hint for an unknown time zone, with the mend if it is clear which one is meant: `Berlin`, `Europe/Berln`. */
export function zoneMeant(zone: string, pointer: string, otherwise: string): Pick<Problem, 'hint' | 'mend'> {
  const names = Intl.supportedValuesOf('timeZone');
  const cities = new Map<string, string[]>();
  for (const name of names) {
    const city = squashed(name.slice(name.lastIndexOf('/') + 1));
    cities.set(city, [...(cities.get(city) ?? []), name]);
  }
  const meant = meantAmong(names, Object.fromEntries(cities))(zone);
  if (meant === undefined) return { hint: otherwise };
  return { hint: `Did you mean "${meant}"?`, mend: [{ op: 'replace', path: pointer, value: meant }] };
}
