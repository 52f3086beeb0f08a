import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ApiProblem, goOnSignedIn, read, whenSignedOut } from '../api/client.js';
import { WHO, type Who } from '../api/who.js';
import { Failed } from '../look/Failed.js';

// Loaded beside the page and not with it: it must be there when it is needed, but it is not needed at first.
const SignInAgain = lazy(() => import('./sign-in/SignInAgain.js'));

/**
 * What is inside is for people who are signed in. Others are led to the page where one signs in. If a sign-in ends in the middle of work, the
 * form opens over the page, and the work stays.
 */
export function SignedIn() {
  const queries = useQueryClient();
  const [isOut, setOut] = useState(false);
  const who = useQuery({ queryKey: WHO, queryFn: ({ signal }) => read<Who>('/sign-in', signal), retry: false });
  const wasIn = who.data !== undefined;
  useEffect(() => whenSignedOut(() => setOut(true)), []);
  if (!wasIn && who.error) {
    const { error } = who;
    return error instanceof ApiProblem && error.status === 401 ? (
      <Navigate to="/sign-in" replace />
    ) : (
      <Failed error={error} again={() => void who.refetch()} />
    );
  }
  if (!wasIn) return null;
  return (
    <>
      <Outlet />
      <Suspense fallback={null}>
        <SignInAgain
          isOpen={isOut}
          onSignedIn={() => {
            setOut(false);
            goOnSignedIn();
            void queries.invalidateQueries();
          }}
        />
      </Suspense>
    </>
  );
}
