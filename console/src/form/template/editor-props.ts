import type { FormContext } from '../form-context.js';
import type { Named } from '../Labelled.js';

/** What the editor of a template is drawn from. */
export interface EditorProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Returns whether a text means the present value, though it is not written in the same way: the field then stays as it is. */
  readonly isSame: (text: string) => boolean;
  /** Words with templates in braces, an expression as a whole, or words alone. */
  readonly language: 'template' | 'expression' | 'plain';
  /** How many lines it usually has; without it, it has one. */
  readonly rows: number | undefined;
  readonly placeholder: string;
  readonly isReadOnly: boolean;
  readonly isMono: boolean;
  /** Without a frame of its own: it stands in a row that has one. */
  readonly isPlain: boolean;
  /** Called for Enter in a field of one line. */
  readonly onEnter: () => void;
  /** Takes the focus as soon as it is there: somebody clicked it while it was loading. */
  readonly hasFocus: boolean;
  readonly named: Named;
  readonly context: Pick<FormContext, 'variables' | 'filters'>;
}
