/** The maximum of steps for one template. A step is about 50 ns of work, so this is about a tenth of a second. */
const MAX_STEPS = 2_000_000;
/** The maximum of steps for all templates of one turn together: a turn may fill hundreds of them. */
const MAX_STEPS_OF_TURN = 5_000_000;

/** The maximum of characters and members of a value in a template, everything in it included. */
const MAX_WEIGHT = 250_000;

/** The steps that are left for the templates of one turn. */
export interface Allowance {
  steps: number;
}

export function newAllowance(): Allowance {
  return { steps: MAX_STEPS_OF_TURN };
}

/**
 * Counts the work of one template. Steps are counted and not timed, so that a turn gives the same texts on a slow host, on a host that was
 * paused, and when it is computed again.
 */
export class Steps {
  #left: number;
  readonly #allowance: Allowance | undefined;

  constructor(allowance: Allowance | undefined) {
    this.#allowance = allowance;
    this.#left = Math.min(MAX_STEPS, allowance?.steps ?? MAX_STEPS);
  }

  /** Throws if the template takes more steps than it may. */
  spend(count: number): void {
    // Work that would take more than is left is not done, so it does not cost the turn more than that either.
    const taken = count <= this.#left ? count : this.#left + 1;
    this.#left -= taken;
    if (this.#allowance) this.#allowance.steps -= taken;
    if (this.#left < 0) throw new Error('the template takes too many steps');
  }
}

/** Counts the members and characters of a value, everything in it included. Throws as soon as there are more than `max`. */
export function weightOf(value: unknown, max = MAX_WEIGHT): number {
  if (typeof value === 'string') return 1 + value.length / 8;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  for (const one of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value)) {
    weight += weightOf(one, max - weight);
    if (weight > max) throw new Error('a list became too large');
  }
  return weight;
}
