import { type FieldProps, useFormView } from '../form-view.js';
import { Picker } from '../Picker.js';

/** The name of a variable: a known one, or a new one. */
export function VariableField(props: FieldProps) {
  const { context } = useFormView();
  const known = context.variables
    .filter(({ isGiven, name }) => !isGiven && !name.includes('.'))
    .map(({ name, type = '', typeTitle = type, origin = '' }) => ({
      value: name,
      detail: [typeTitle, origin].filter((one) => one !== '').join(' · '),
    }));
  return <Picker {...props} picks={known} isMono />;
}

/** The code of a flow, or a template for one. */
export function FlowField(props: FieldProps) {
  const { context } = useFormView();
  return <Picker {...props} picks={context.flows.map(({ code, name = '' }) => ({ value: code, detail: name }))} />;
}

/** The id of a channel, or a template for one. */
export function ChannelField(props: FieldProps) {
  const { context } = useFormView();
  return <Picker {...props} picks={context.channels.map(({ id, name = '', adapter = '' }) => ({ value: id, detail: name || adapter }))} />;
}
