import { Link } from '@tanstack/react-router';
import { useSay } from '../look/Languages.js';

/** Shown for an address that leads nowhere. */
export function NotFound() {
  const say = useSay();
  return (
    <main style={{ padding: 48 }}>
      <h1>{say('There is nothing here')}</h1>
      <Link to="/">{say('All flows')}</Link>
    </main>
  );
}
