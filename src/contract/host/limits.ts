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
  queuedRuns: 20,
  backgroundRuns: 5,
  waitingEffects: 200,
  frames: 10,
  seen: 64,
} as const;

/** How many steps one turn may take, unless the flow's settings say otherwise. */
export const MAX_STEPS = 100;
/** How long one request to a provider may take, in milliseconds. */
export const SEND_DEADLINE = 10_000;
/** How long a claimed send belongs to its host, in milliseconds: more than twice the deadline. */
export const SEND_LEASE = 25_000;
/** How long the first doubt about a send waits for a receipt that proves that it was taken, in milliseconds. */
export const PROOF_WAIT = 20_000;
/** The longest pause between two attempts to send, in milliseconds, whatever the provider asks for. */
export const MAX_RETRY_AFTER = 300_000;
/** How often a send is repeated although the provider may have taken it. */
export const MAX_REPEATS = 3;
/** What the lease of a call adds to its deadline, in milliseconds. */
export const CALL_GRACE = 15_000;
/** How long a send waits for its recipient to subscribe, in milliseconds: as long as Viber keeps a welcome message. */
export const PARKED = 14 * 86_400_000;
