import { Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';

/** Stands for a list that is loading: grey lines, but not before 300 ms have passed, so that what comes at once does not flicker. */
export function GreyLines({ count = 5 }: { readonly count?: number }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div aria-hidden="true" style={{ padding: 14 }}>
      {Array.from({ length: count }, (_, i) => `line ${i}`).map((line) => (
        <Skeleton key={line} height={16} mb={14} />
      ))}
    </div>
  );
}
