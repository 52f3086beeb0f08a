import { Button, PasswordInput, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../../api/client.js';
import { signIn, type Who } from '../../api/who.js';
import { useSay } from '../../look/Languages.js';

/** Asks for a key of the API, and signs in with it. */
export function SignInForm({ onSignedIn }: { readonly onSignedIn: (who: Who) => void }) {
  const say = useSay();
  const [key, setKey] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setWrong(undefined);
    try {
      onSignedIn(await signIn({ key: key.trim() }));
    } catch (error) {
      const isWrong = error instanceof ApiProblem && error.status === 401;
      setWrong(isWrong ? say('This key is not valid.') : error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <PasswordInput
          label={say('Key')}
          description={say('npm start prints it at the first start, and an admin can make more.')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={wrong}
          autoFocus
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" color="ink" loading={isBusy} disabled={key.trim() === ''}>
          {say('Sign in')}
        </Button>
      </Stack>
    </form>
  );
}
