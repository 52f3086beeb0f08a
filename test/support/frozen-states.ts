import { guardStates } from '../../src/store/record-view.js';

// Loaded before every suite (.mocharc.json): a state that a store gives out is frozen, so that changing it throws.
guardStates(frozen);

function frozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || Object.isFrozen(value)) return value;
  for (const one of Object.values(value)) frozen(one);
  return Object.freeze(value);
}
