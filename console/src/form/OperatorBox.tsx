import { Select } from '@mantine/core';
import type { Json } from '../../../src/contract/json.js';
import { Icon } from '../look/Icon.js';
import { useSay } from '../look/Languages.js';
import type { OffersOperators } from './condition-tree.js';
import type { KnownOperator } from './form-context.js';
import { useFormView } from './form-view.js';
import type { Named } from './Labelled.js';

interface Props {
  readonly value: Json | undefined;
  readonly offers: OffersOperators;
  readonly onChange: (operator: KnownOperator) => void;
  readonly named: Named;
}

/** What operators compare, by type. */
const TYPES: Readonly<Record<string, string>> = { text: 'Texts', number: 'Numbers', date: 'Dates', boolean: 'Yes or no', any: 'Anything' };

/** The operator of a rule: those for the type of its variable first. */
export function OperatorBox({ value, offers, onChange, named }: Props) {
  const say = useSay();
  const { context } = useFormView();
  const all = [...offers.fitting, ...offers.others];
  const item = ({ name, title }: KnownOperator) => ({ value: name, label: say(title) });
  const known = all.some(({ name }) => name === value);
  const types = [...new Set(all.map(({ of }) => of))];
  const data = [
    ...types.map((type) => ({ group: say(TYPES[type] ?? type), items: all.filter(({ of }) => of === type).map(item) })),
    ...(known || typeof value !== 'string' ? [] : [{ value, label: value }]),
  ];
  return (
    <Select
      {...named}
      aria-labelledby={undefined}
      aria-label={say('Operator')}
      data={data}
      value={typeof value === 'string' ? value : null}
      allowDeselect={false}
      searchable
      readOnly={context.isReadOnly ?? false}
      nothingFoundMessage={say('Nothing found')}
      rightSection={<Icon name="chevron-down" size={15} />}
      rightSectionPointerEvents="none"
      comboboxProps={{ width: 260, position: 'bottom-start', shadow: 'md' }}
      maxDropdownHeight={320}
      error={named['aria-invalid'] === true}
      onChange={(next) => {
        const operator = all.find(({ name }) => name === next);
        if (operator) onChange(operator);
      }}
    />
  );
}
