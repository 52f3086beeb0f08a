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
