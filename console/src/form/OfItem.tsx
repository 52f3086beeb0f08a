import { type ReactNode, useMemo } from 'react';
import { useSay } from '../look/Languages.js';
import { FormViewProvider, useFormView } from './form-view.js';

/** Offers `item` to the templates within, if they are filled for each member of a list. */
export function OfItem({ isOfItem = false, children }: { readonly isOfItem?: boolean | undefined; readonly children: ReactNode }) {
  const say = useSay();
  const view = useFormView();
  const withItem = useMemo(() => {
    const item = { name: 'item', isGiven: true, sentence: say('The member of the list.') };
    return { ...view, context: { ...view.context, variables: [item, ...view.context.variables.filter(({ name }) => name !== 'item')] } };
  }, [view, say]);
  return isOfItem ? <FormViewProvider value={withItem}>{children}</FormViewProvider> : children;
}
