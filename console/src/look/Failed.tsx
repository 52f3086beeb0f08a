import { Alert, Button } from '@mantine/core';
import { ApiProblem } from '../api/client.js';
import { Icon } from './Icon.js';
import { useSay } from './Languages.js';

/** Says in place what did not work, with the id of the bug if it is one, and a button that tries again. */
export function Failed({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  const say = useSay();
  const id = error instanceof ApiProblem && error.status >= 500 ? error.id : undefined;
  const isAway = error instanceof ApiProblem && error.status === 0;
  return (
    <Alert color="red" variant="light" icon={<Icon name={isAway ? 'wifi-off' : 'alert-triangle'} />} m="md" role="alert">
      <div>{isAway ? say('The host cannot be reached.') : error.message}</div>
      {id ? (
        <div>
          {say('Error ID')}: <code>{id}</code>
        </div>
      ) : null}
      {again ? (
        <Button mt="xs" size="xs" variant="default" onClick={again}>
          {say('Try again')}
        </Button>
      ) : null}
    </Alert>
  );
}
