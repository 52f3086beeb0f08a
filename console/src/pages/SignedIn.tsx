import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ApiProblem, goOnSignedIn, read, whenSignedOut } from '../api/client.js';
import { signOut, WHO, type Who } from '../api/who.js';
import { Empty } from '../look/Empty.js';
import { Failed } from '../look/Failed.js';
import { useSay } from '../look/Languages.js';

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
  if (who.data.role === 'trigger') return <OnlyStarts />;
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

/** What people see who signed in with a key for programs, with which nothing can be read. */
function OnlyStarts() {
  const say = useSay();
  const leave = async () => {
    await signOut();
    location.assign('/sign-in');
  };
  return (
    <main>
      <Empty
        icon="key"
        title={say('This key only starts flows')}
        sentence={say('Programs use it with the API. Sign in with the key of a viewer, an editor or an admin.')}
      >
        <Button variant="default" onClick={() => void leave()}>
          {say('Sign out')}
        </Button>
      </Empty>
    </main>
  );
}
