import { Paper } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { signIn, WHO, type Who } from '../../api/who.js';
import { useSay } from '../../look/Languages.js';
import mark from '../../look/parley.svg';
import { SignInForm } from './SignInForm.js';
import './sign-in.css';

/** Signs in: with the code in the link that `npm start` prints (`/sign-in#<code>`), else with a key. */
export function SignInPage() {
  const say = useSay();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [code] = useState(() => location.hash.slice(1));
  const [isOld, setOld] = useState(false);
  const isTried = useRef(false);
  const enter = (who: Who) => {
    queries.setQueryData(WHO, who);
    void navigate({ to: '/', replace: true });
  };
  useEffect(() => {
    if (code === '' || isTried.current) return;
    isTried.current = true;
    // The code works once. It must not stay in the history.
    history.replaceState(null, '', '/sign-in');
    signIn({ code }).then(enter, () => setOld(true));
  });
  if (code !== '' && !isOld) return null;
  return (
    <main className="sign-in">
      <Paper component="section" withBorder radius="lg" p="xl" className="sign-in-card">
        <h1>
          <img src={mark} alt="" width={28} height={28} /> Parley
        </h1>
        {isOld ? (
          <p role="status">
            {say('This link has been used, or is older than ten minutes. Start Parley again for a new one, or sign in with a key.')}
          </p>
        ) : null}
        <SignInForm onSignedIn={enter} />
      </Paper>
    </main>
  );
}
