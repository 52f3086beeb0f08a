import { useSay } from '../../look/Languages.js';
import { blankOf } from '../blank.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { Kind } from '../Kind.js';
import { Labelled } from '../Labelled.js';
import { MemberFields } from '../MemberFields.js';
import { objectOf } from '../members.js';
import { WordButton } from '../RowButtons.js';

/** An object: an indented group with the fields of its members. An optional one can be set and removed. */
export function ObjectField(props: FieldProps) {
  const { field, value, pointer, onChange, isBare } = props;
  const say = useSay();
  const { context } = useFormView();
  const name = say(field.label ?? '');
  const isSet = value !== undefined;
  // An object of no words of its own is the form itself, or a row of a list.
  if (!field.label || isBare) return <MemberFields {...props} />;
  const toggle =
    field.required || context.isReadOnly ? null : isSet ? (
      <WordButton
        title={say('Remove')}
        aria-label={say('Remove {field}', { field: name })}
        onClick={() => onChange(pointer, undefined, say('Remove {field}', { field: name }))}
      />
    ) : (
      <WordButton
        icon="plus"
        title={say('Set')}
        aria-label={say('Set {field}', { field: name })}
        onClick={() => onChange(pointer, blankOf(field), say('Set {field}', { field: name }))}
      />
    );
  const isShown = isSet || field.required;
  return (
    <Labelled
      {...props}
      isGroup
      problems={isShown ? [] : props.problems}
      aside={
        <>
          {field.variants && isShown ? <Kind {...props} /> : null}
          {toggle}
        </>
      }
      hidesSentence={isShown === true}
    >
      {(named) =>
        isShown && (!field.variants || hasKind(props)) ? (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot have its legend beside other controls
          <div className="group" role="group" aria-labelledby={named['aria-labelledby']}>
            <MemberFields {...props} without={field.variants ? [field.variants.by] : []} />
          </div>
        ) : null
      }
    </Labelled>
  );
}

/** Whether it has been chosen what it is: without that there is nothing to fill in. */
function hasKind({ field, value }: FieldProps): boolean {
  return objectOf(value)[field.variants?.by ?? ''] !== undefined;
}
