import type { Field } from '../../../src/contract/form.js';
import { useSay } from '../look/Languages.js';

/** Returns the name of a change of a field, for the list of undo. */
export function useChangeLabel({ label }: Field): string {
  const say = useSay();
  return label ? say('Change {field}', { field: say(label) }) : say('Change');
}
