/** How much a record may hold, so that it stays far below any limit of a store. What is over leaves by a port or an outcome; it never throws. */
export const BUDGET = {
  /** Bytes of JSON: variables over the frames of one run; one saved value; `data` of a queued start; a record with its journal. */
  variables: 64_000,
  savedValue: 64_000,
  /** What a contact knows; one effect; the effects of one turn. */
  contact: 64_000,
  effect: 64_000,
  turnEffects: 192_000,
  queuedData: 4_000,
  record: 512_000,
  held: 20,
  queuedRuns: 20,
  backgroundRuns: 5,
  waitingEffects: 200,
  frames: 10,
  seen: 64,
  rawMessage: 8_000,
  /** A message that comes in, as it is kept. */
  message: 64_000,
} as const;

/** Steps in one turn where the flow's settings name none. */
export const MAX_STEPS = 100;
/** One provider request may take this long, in milliseconds. */
export const SEND_DEADLINE = 10_000;
/** How long a claimed send belongs to its claimant, in milliseconds: more than twice the deadline. */
export const SEND_LEASE = 25_000;
/** How long a send in doubt waits for a receipt that proves it was accepted, in milliseconds, the first time. */
export const PROOF_WAIT = 20_000;
/** The longest pause between two tries of a send, in milliseconds, whatever the provider asks for. */
export const MAX_RETRY_AFTER = 300_000;
/** How often a send is repeated that may have been taken. */
export const MOST_REPEATS = 3;
/** What a call's lease adds to its deadline, in milliseconds. */
export const CALL_GRACE = 15_000;
/** How long a send waits for its receiver to subscribe, in milliseconds: Viber keeps a welcome message as long. */
export const PARKED = 14 * 86_400_000;
