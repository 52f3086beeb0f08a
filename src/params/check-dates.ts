import type { CheckScope, NodeProblem } from '../contract/index.js';
import { isObject } from '../contract/json/json-members.js';
import { isDateWithoutOffset, noTimeZone } from './no-time-zone.js';
import type { Condition } from './rule.js';

/** Warns of dates without an offset in a condition, if neither the flow nor the installation has a time zone. */
export function checkDatesOf(condition: Condition, pointer: string, world: CheckScope): readonly NodeProblem[] {
  if ('all' in condition) return condition.all.flatMap((one, i) => checkDatesOf(one, `${pointer}/all/${i}`, world));
  if ('any' in condition) return condition.any.flatMap((one, i) => checkDatesOf(one, `${pointer}/any/${i}`, world));
  if ('not' in condition) return checkDatesOf(condition.not, `${pointer}/not`, world);
  const { operator, value } = condition;
  if (operator === 'isWithinHours') {
    const zones = [value].flat().map((span) => (isObject(span) ? (span['zone'] ?? 'contact') : undefined));
    const depends = zones.some((zone) => zone === 'contact' || zone === 'flow');
    return depends ? noTimeZone(`${pointer}/value`, 'hours are compared', world) : [];
  }
  if (!operator.startsWith('date')) return [];
  const limits = Array.isArray(value) ? value : [value];
  return limits.some(isDateWithoutOffset) ? noTimeZone(`${pointer}/value`, 'a date without an offset is read', world) : [];
}
