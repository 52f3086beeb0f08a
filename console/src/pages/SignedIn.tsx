import { Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { ApiProblem, goOnSignedIn, read, whenSignedOut } from '../api/client.js';
import { WHO, type Who } from '../api/who.js';
import { Failed } from '../look/Failed.js';
import { useSay } from '../look/Languages.js';
import { SignInForm } from './sign-in/SignInForm.js';

/**
 * What is inside is for people who are signed in. Others are led to the page where one signs in. If a sign-in ends in the middle of work, the
 * form opens over the page, and the work stays.
 */
export function SignedIn() {
  const say = useSay();
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
      <Modal opened={isOut} onClose={() => undefined} withCloseButton={false} title={say('You are signed out')} centered>
        <p style={{ marginTop: 0 }}>{say('Sign in again to go on. What you were doing is still here.')}</p>
        <SignInForm
          onSignedIn={() => {
            setOut(false);
            goOnSignedIn();
            void queries.invalidateQueries();
          }}
        />
      </Modal>
    </>
  );
}
