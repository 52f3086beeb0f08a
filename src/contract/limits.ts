/**
 * How much a record may hold, so that it stays far below the limits of every store. What exceeds a limit leaves by a port or is an outcome;
 * it is never thrown.
 */
export const BUDGET = {
  // In bytes of JSON.
  /** The variables of all frames of one run. */
  variables: 64_000,
  /** One value that a node saves. */
  savedValue: 64_000,
  /** Everything that is known of a contact. */
  contact: 64_000,
  /** One effect. */
  effect: 64_000,
  /** All effects of one turn. */
  turnEffects: 192_000,
  /** `data` of a start that waits in the queue. */
  queuedData: 4_000,
  /** A record with its journal. */
  record: 512_000,
  /** `raw` of a message. */
  rawMessage: 8_000,
  /** A message that has come, as it is stored. */
  message: 64_000,
  // Counts, in one record.
  held: 20,
  groups: 200,
  queuedRuns: 20,
  backgroundRuns: 5,
  waitingEffects: 200,
  frames: 10,
  seen: 64,
  /** Starts of flows that one turn asks for. */
  startsOfTurn: 20,
  /** Flows that start each other without a message of a person in between. */
  chainOfStarts: 10,
} as const;

/** How many steps one turn may take, unless the flow's settings say otherwise. */
export const MAX_STEPS = 100;
