import { Autocomplete, type ComboboxItem, type OptionsFilter } from '@mantine/core';
import { useSay } from '../look/Languages.js';
import { type FieldProps, useFormView } from './form-view.js';
import { Labelled } from './Labelled.js';
import { useChangeLabel } from './use-label.js';
import { asWords, writtenText } from './written-text.js';

/** Something to pick: what is written, and what it is. */
export interface Pick {
  readonly value: string;
  readonly detail: string;
}

/** A text to write, with values to pick. Other values may be written, too. */
export function Picker({ picks, isMono, ...props }: FieldProps & { readonly picks: readonly Pick[]; readonly isMono?: boolean }) {
  const { field, value, pointer, onChange } = props;
  const { context } = useFormView();
  const say = useSay();
  const label = useChangeLabel(field);
  const words = asWords(value);
  const detail = picks.find((one) => one.value === words)?.detail ?? '';
  const isDetailed = !props.isBare && detail !== '' && detail !== words;
  return (
    <Labelled {...props}>
      {(named) => (
        <Autocomplete
          {...named}
          classNames={isMono ? { input: 'mono' } : {}}
          data={picks.map((one) => one.value)}
          filter={byValueOrDetail(picks)}
          limit={50}
          renderOption={({ option }) => (
            <span className="suggestion">
              {option.value} <span className="suggestion-detail">{picks.find((one) => one.value === option.value)?.detail}</span>
            </span>
          )}
          value={words}
          placeholder={asWords(field.example ?? field.default)}
          readOnly={context.isReadOnly ?? false}
          error={named['aria-invalid'] === true}
          rightSection={isDetailed ? <span className="picked-detail">{say(detail)}</span> : undefined}
          rightSectionWidth={isDetailed ? '45%' : undefined}
          spellCheck={false}
          autoCapitalize="off"
          onChange={(text) => onChange(pointer, writtenText(field, text), label)}
        />
      )}
    </Labelled>
  );
}

/** All picks while nothing, or exactly one of them, is written: else those whose value or words have what is written. */
function byValueOrDetail(picks: readonly Pick[]): OptionsFilter {
  return ({ options, search }) => {
    const wanted = search.trim().toLowerCase();
    const items = options as ComboboxItem[];
    if (wanted === '' || picks.some((one) => one.value === search)) return items;
    const details = new Map(picks.map((one) => [one.value, one.detail]));
    return items.filter(({ value }) => `${value} ${details.get(value) ?? ''}`.toLowerCase().includes(wanted));
  };
}
