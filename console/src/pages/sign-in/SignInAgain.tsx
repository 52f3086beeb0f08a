import { Modal } from '@mantine/core';
import { useSay } from '../../look/Languages.js';
import { SignInForm } from './SignInForm.js';

/** Asks for a key over the page, after a sign-in has ended in the middle of work. */
export default function SignInAgain({ isOpen, onSignedIn }: { readonly isOpen: boolean; readonly onSignedIn: () => void }) {
  const say = useSay();
  return (
    <Modal opened={isOpen} onClose={() => undefined} withCloseButton={false} title={say('You are signed out')} centered>
      <p style={{ marginTop: 0 }}>{say('Sign in again to go on. What you were doing is still here.')}</p>
      <SignInForm onSignedIn={onSignedIn} />
    </Modal>
  );
}
