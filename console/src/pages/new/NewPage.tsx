import { useSay } from '../../look/Languages.js';

/** The page new. */
export function NewPage() {
  const say = useSay();
  return <h1>{say('New')}</h1>;
}
