import type { Json, JsonObject } from '../../../src/contract/json.js';
import { followsTitle, idFromTitle } from './id-from-title.js';

/** Which members of a row are its id and its title, and how long an id may be. */
export interface RowNames {
  readonly id: string;
  readonly title: string;
  readonly max: number;
}

/** The choices of a message. */
export const CHOICE_NAMES: RowNames = { id: 'id', title: 'title', max: 64 };
/** The branches of a node: the id is the name of a port. */
export const BRANCH_NAMES: RowNames = { id: 'name', title: 'title', max: 64 };

/** Returns a row with another title, and with the id that follows from it unless the id was set by hand. */
export function withTitle(
  rows: readonly JsonObject[],
  place: number,
  { title, names }: { readonly title: string | undefined; readonly names: RowNames },
): JsonObject {
  const row = rows[place] ?? {};
  const rule = { max: names.max, taken: takenBy(rows, place, names) };
  const { [names.title]: was, ...rest } = row;
  const named = title === undefined ? rest : { ...row, [names.title]: title };
  return followsTitle(row[names.id], was, rule) ? { ...named, [names.id]: idFromTitle(title ?? '', rule) } : named;
}

/** Returns a new row for the end of a list. */
export function newRow(rows: readonly JsonObject[], names: RowNames): JsonObject {
  return { [names.id]: idFromTitle('', { max: names.max, taken: takenBy(rows, -1, names) }) };
}

function takenBy(rows: readonly JsonObject[], place: number, names: RowNames): readonly string[] {
  return rows.flatMap((one, i) => {
    const id: Json | undefined = one[names.id];
    return i !== place && typeof id === 'string' ? [id] : [];
  });
}
