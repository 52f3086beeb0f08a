import { type FieldProps, useFormView } from './form-view.js';

/** Draws a field with the control that it names, or else with the one for its kind. */
export function FieldView(props: FieldProps) {
  const { drawerOf } = useFormView();
  const Drawer = drawerOf(props.field);
  return <Drawer {...props} />;
}
