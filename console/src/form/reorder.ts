/** Returns a list with one member moved to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_, i) => i !== from);
  const one = list[from];
  return one === undefined ? list : [...rest.slice(0, to), one, ...rest.slice(to)];
}

/**
 * Returns where a dragged row lands: the number of other rows whose middle lies above the pointer.
 *
 * @param middles - of all rows, in pixels from the top, the dragged one included
 */
export function landingPlace(middles: readonly number[], from: number, y: number): number {
  return middles.filter((middle, i) => i !== from && middle < y).length;
}
