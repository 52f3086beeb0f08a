import { useMemo } from 'react';
import { adaptersFor } from '../choice-layout.js';
import { ObjectField } from '../fields/object.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { objectOf } from '../members.js';
import { MessageProvider } from '../message-view.js';

/** A message: its kind, then what that kind has. Its texts know how long the tightest platform lets them be. */
export function MessageControl(props: FieldProps) {
  const { field, value, pointer } = props;
  const { adapters } = useFormView().context;
  const around = useMemo(() => {
    const message = objectOf(value);
    return { message, pointer, adapters: adaptersFor(field, message['type'], adapters) };
  }, [field, value, pointer, adapters]);
  return (
    <MessageProvider value={around}>
      <ObjectField {...props} />
    </MessageProvider>
  );
}
