import { useSay } from '../../look/Languages.js';

/** The page keys. */
export function KeysPage() {
  const say = useSay();
  return <h1>{say('Keys')}</h1>;
}
