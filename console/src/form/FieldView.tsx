import { memo } from 'react';
import { type FieldProps, useFormView } from './form-view.js';

/** Draws a field with the control that it names, or else with the one for its kind. It is drawn again only when something of it changes. */
export const FieldView = memo(function FieldView(props: FieldProps) {
  const { drawerOf } = useFormView();
  const Drawer = drawerOf(props.field);
  return <Drawer {...props} />;
});
