import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import type { Field } from '../../../src/contract/form.js';
import { useFormView } from './form-view.js';
import type { Named } from './Labelled.js';
import { readNumber, stepped } from './number-text.js';

interface Props {
  readonly field: Field;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly named: Named;
  readonly unit?: ReactNode;
}

/** A number to write. What is half written (`1.`, `-`) stands in the field until it is left; arrow keys go up and down. */
export function NumberBox({ field, value, onChange, named, unit }: Props) {
  const { context } = useFormView();
  const [written, setWritten] = useState<string>();
  const shown = written !== undefined && readNumber(written) === value ? written : value === undefined ? (written ?? '') : String(value);
  const write = (text: string) => {
    setWritten(text);
    const next = readNumber(text);
    if (next !== undefined || text.trim() === '') onChange(next);
    else if (value !== undefined) onChange(undefined);
  };
  const step = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : undefined;
    if (!by || context.isReadOnly) return;
    event.preventDefault();
    setWritten(undefined);
    onChange(stepped(value, by, field));
  };
  const hint = field.default ?? field.example;
  return (
    <TextInput
      {...named}
      inputMode={field.integer ? 'numeric' : 'decimal'}
      className="number"
      value={shown}
      placeholder={typeof hint === 'number' ? String(hint) : ''}
      readOnly={context.isReadOnly ?? false}
      error={named['aria-invalid'] === true}
      rightSection={unit}
      rightSectionWidth={unit ? 'auto' : undefined}
      onChange={(event) => write(event.currentTarget.value)}
      onKeyDown={step}
      onBlur={() => setWritten(undefined)}
    />
  );
}
