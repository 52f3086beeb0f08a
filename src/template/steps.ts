/** Steps that one template may take. A step is about 50 ns of work, so this is about a tenth of a second. */
const MAX_STEPS = 2_000_000;
/** Steps that all templates of one turn may take together: a turn may fill hundreds of them. */
const MAX_STEPS_OF_TURN = 5_000_000;

/** The characters and members that a value in a template may have, written out: what a list holds counts with it. */
const MAX_WEIGHT = 250_000;

/** What the templates of one turn may still take. */
export interface Allowance {
  steps: number;
}

export function newAllowance(): Allowance {
  return { steps: MAX_STEPS_OF_TURN };
}

/**
 * The work of one template, counted. Counted and not timed, so that a turn gives the same texts on a slow host, on a host that was
 * paused, and when it is computed again.
 */
export class Steps {
  #left: number;
  readonly #allowance: Allowance | undefined;

  constructor(allowance: Allowance | undefined) {
    this.#allowance = allowance;
    this.#left = Math.min(MAX_STEPS, allowance?.steps ?? MAX_STEPS);
  }

  /** Throws when the template has taken too many steps. */
  spend(count: number): void {
    // What would take more than is left is not done: it does not cost the turn more than that either.
    const taken = count <= this.#left ? count : this.#left + 1;
    this.#left -= taken;
    if (this.#allowance) this.#allowance.steps -= taken;
    if (this.#left < 0) throw new Error('the template takes too many steps');
  }
}

/** Members and characters of a value, everything in it written out; throws above `max`, so that it ends early. */
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
