import { pointerOf } from '../../../src/contract/json/json-pointer.js';
import { useSay } from '../look/Languages.js';
import { ChoiceBox } from './ChoiceBox.js';
import { changeMember } from './change-member.js';
import type { FieldProps } from './form-view.js';
import { objectOf } from './members.js';

/** The kind of an object with variants, such as a message, to choose in the line of its label. What both kinds have is kept. */
export function Kind({ field, value, pointer, onChange, problems }: FieldProps) {
  const say = useSay();
  const by = field.variants?.by ?? '';
  const inner = field.fields?.find(({ name }) => name === by)?.field;
  const isWrong = problems.some((one) => one.pointer === `${pointer}${pointerOf([by])}`);
  return (
    <span className="kind">
      <ChoiceBox
        isSelect
        isSmall
        values={field.variants?.cases ?? inner?.values ?? []}
        value={objectOf(value)[by] ?? inner?.default}
        placeholder={say(inner?.label ?? '')}
        named={{ 'aria-label': say(inner?.label ?? ''), 'aria-invalid': isWrong || undefined }}
        onChange={(next) =>
          onChange(pointer, changeMember(field, value, { name: by, next }), say('Change {field}', { field: say(inner?.label ?? '') }))
        }
      />
    </span>
  );
}
