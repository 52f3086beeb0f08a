import type { Refusal } from '../contract/host/index.js';

/** Ends a call with a refusal, from wherever it is read: middleware, readers of the query, of the body and of headers. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  constructor(readonly refusal: Refusal) {
    super(refusal.detail ?? refusal.refused);
  }
}
