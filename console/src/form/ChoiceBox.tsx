import { SegmentedControl, Select } from '@mantine/core';
import type { FieldValue } from '../../../src/contract/form.js';
import type { Json } from '../../../src/contract/json.js';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';
import { useFormView } from './form-view.js';
import type { Named } from './Labelled.js';

interface Props {
  readonly values: readonly FieldValue[];
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly named: Named;
  /** Shown while nothing is chosen. */
  readonly placeholder?: string;
  /** May be left open. */
  readonly isOptional?: boolean;
  /** Stands in a line with other controls, and is as narrow as it can be. */
  readonly isSmall?: boolean;
  readonly isSelect?: boolean;
}

/** Returns whether values are shown beside each other: up to three short ones. */
function areSegments(titles: readonly string[]): boolean {
  return titles.length <= 3 && titles.join('').length <= 30 && titles.every((one) => one.length <= 14);
}

/** One of several values: segments beside each other if they are few and short, else a list to choose from. */
export function ChoiceBox({ values, value, onChange, named, placeholder, isOptional, isSmall, isSelect }: Props) {
  const say = useSay();
  const { context } = useFormView();
  const titled = values.map((one) => ({ value: JSON.stringify(one.value), label: say(one.title) }));
  const chosen = value === undefined ? undefined : JSON.stringify(value);
  const isKnown = chosen === undefined || titled.some((one) => one.value === chosen);
  const take = (next: string | null) => onChange(next === null ? undefined : (JSON.parse(next) as Json));
  if (!isSelect && isKnown && !(isOptional && value === undefined) && areSegments(titled.map(({ label }) => label)))
    return (
      <SegmentedControl
        className="segments"
        fullWidth={!isSmall}
        size={isSmall ? 'xs' : 'sm'}
        data={titled}
        value={chosen ?? ''}
        readOnly={context.isReadOnly ?? false}
        onChange={take}
        {...named}
      />
    );
  return (
    <Select
      {...named}
      // A value that the form does not know is shown, so that it can be changed.
      data={isKnown ? titled : [...titled, { value: chosen, label: String(value) }]}
      value={chosen ?? null}
      placeholder={placeholder ?? (isOptional ? say('Not set') : '')}
      readOnly={context.isReadOnly ?? false}
      clearable={isOptional === true && value !== undefined}
      allowDeselect={false}
      searchable={values.length > 12}
      nothingFoundMessage={say('Nothing found')}
      rightSection={isOptional && value !== undefined ? undefined : <Icon name="chevron-down" size={15} />}
      rightSectionPointerEvents="none"
      comboboxProps={{ width: 'max-content', position: 'bottom-start', shadow: 'md' }}
      size={isSmall ? 'xs' : 'sm'}
      error={named['aria-invalid'] === true}
      onChange={take}
    />
  );
}
