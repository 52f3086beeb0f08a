/** A way that a part of the people goes. */
export interface Arm {
  readonly name: string;
  readonly title?: string;
  readonly weight: number;
}

/**
 * Chooses an arm by the weights, each arm with a random number of its own; an arm with the weight 0 is never chosen. A person with the same numbers gets the same arm, and if the arms
 * change, only as many people as necessary get another one: a new arm takes some of all others, and a removed arm gives its people away.
 *
 * @param random returns a number from 0 to below 1 for the name of an arm.
 * @see https://www.ietf.org/archive/id/draft-ietf-bess-weighted-hrw-00.html for the rule
 */
export function chooseArm(arms: readonly Arm[], random: (name: string) => number): Arm | undefined {
  let best: Arm | undefined;
  let highest = 0;
  for (const arm of arms) {
    const score = -arm.weight / Math.log(Math.max(random(arm.name), SMALLEST));
    if (score <= highest) continue;
    best = arm;
    highest = score;
  }
  return best;
}

/** The logarithm of 0 is not a number. */
const SMALLEST = 2 ** -33;
