import { type ReactNode, useId } from 'react';
import type { Problem } from '../../../src/contract/flow.js';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';
import { problemSentence } from '../look/problem-sentence.js';
import type { FieldProps } from './form-view.js';
import { useCalmProblems } from './use-calm-problems.js';

/** What a control needs to be named and described. */
export interface Named {
  readonly id?: string;
  readonly 'aria-labelledby'?: string | undefined;
  /** Instead of `aria-labelledby`, where no label is to be seen. */
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean | undefined;
  readonly 'aria-required'?: boolean | undefined;
}

interface Props extends Pick<FieldProps, 'field' | 'pointer' | 'problems' | 'isBare'> {
  readonly children: (named: Named) => ReactNode;
  /** Stands at the end of the line of the label. */
  readonly aside?: ReactNode;
  /** The control is a group of fields, which its label names, not a single field. */
  readonly isGroup?: boolean;
  /** What stands between the label and the sentence after the control, such as the characters that are left. */
  readonly note?: ReactNode;
  readonly hidesSentence?: boolean;
}

/** A field with its label, its sentence and its problems. */
export function Labelled({ field, pointer, problems, isBare, children, aside, isGroup, note, hidesSentence }: Props) {
  const say = useSay();
  const id = useId();
  const { shown, handlers } = useCalmProblems(problems);
  const sentence = field.sentence && !isBare && !hidesSentence ? say(field.sentence) : '';
  const described = [sentence === '' ? '' : `${id}-sentence`, shown.length > 0 ? `${id}-problems` : '']
    .filter((one) => one !== '')
    .join(' ');
  const words = (
    <>
      {say(field.label ?? '')}
      {field.required || isBare ? null : <span className="field-optional"> · {say('optional')}</span>}
    </>
  );
  const named: Named = {
    id,
    'aria-labelledby': `${id}-label`,
    'aria-describedby': described || undefined,
    'aria-invalid': shown.some(({ severity }) => severity === 'error') || undefined,
    'aria-required': field.required || undefined,
  };
  return (
    <div className="field" data-pointer={pointer} data-bare={isBare || undefined} {...handlers}>
      {field.label || aside ? (
        <div className="field-head">
          {isGroup ? (
            <span className="field-label" id={`${id}-label`}>
              {words}
            </span>
          ) : (
            // biome-ignore lint/a11y/useKeyWithClickEvents: Tab leads into the field
            <label className="field-label" id={`${id}-label`} htmlFor={id} onClick={() => focusIn(id)}>
              {words}
            </label>
          )}
          {aside}
        </div>
      ) : null}
      {children(named)}
      {sentence || note ? (
        <div className="field-below">
          {sentence ? (
            <span className="field-sentence" id={`${id}-sentence`}>
              {sentence}
            </span>
          ) : null}
          {note}
        </div>
      ) : null}
      <Problems problems={shown} id={`${id}-problems`} />
    </div>
  );
}

/** The problems of a field, each with how to mend it. */
export function Problems({ problems, id }: { readonly problems: readonly Problem[]; readonly id?: string }) {
  if (problems.length === 0) return null;
  return (
    <ul className="field-problems" id={id}>
      {problems.map(({ code, pointer, message, hint, severity }) => (
        <li key={`${code} ${pointer} ${message}`} data-severity={severity}>
          <Icon name="alert-triangle" size={14} />
          <span>
            {problemSentence(message)} <span className="field-hint">{hint}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A field of CodeMirror's is no form control, so its label does not lead into it by itself. */
function focusIn(id: string): void {
  document.getElementById(id)?.querySelector<HTMLElement>('[contenteditable]')?.focus();
}
