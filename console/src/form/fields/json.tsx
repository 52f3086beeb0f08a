import { Menu, UnstyledButton } from '@mantine/core';
import type { Json } from '../../../../src/contract/json.js';
import { isSame } from '../../flow/json-edit.js';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import { type FieldProps, useFormView } from '../form-view.js';
import { type JsonKind, jsonAsText, jsonKind, readJsonText, typedJson } from '../json-text.js';
import { Labelled } from '../Labelled.js';
import { TemplateField } from '../template/TemplateField.js';
import { useChangeLabel } from '../use-label.js';
import { writtenText } from '../written-text.js';

/** What the kinds of values are called. */
const KINDS: Readonly<Record<JsonKind, string>> = {
  text: 'Text',
  number: 'Number',
  boolean: 'Yes or no',
  list: 'List',
  object: 'Object',
  null: 'Nothing',
  expression: 'As the expression',
};

/** Any value: a text with templates, or what looks like a number, yes or no, a list or an object. It says which of them it will be. */
export function JsonField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  const words = jsonAsText(value);
  const write = (text: string) => onChange(pointer, text === '' ? writtenText(field, '') : readJsonText(text, value), label);
  return (
    <Labelled {...props}>
      {(named) => (
        <div className="json">
          <TemplateField
            named={named}
            language={field.kind === 'any' ? 'plain' : 'template'}
            isMono={typeof value === 'object' && value !== null}
            value={words}
            rows={field.rows ?? 1}
            isSame={(text) => isSame(readJsonText(text, value), value)}
            placeholder={jsonAsText(field.example ?? field.default)}
            onChange={write}
          />
          {words === '' ? null : <Kind value={value} onChange={(next) => onChange(pointer, next, label)} />}
        </div>
      )}
    </Labelled>
  );
}

/** Says what the value will be, and lets a person make a text of what looks like something else. */
function Kind({ value, onChange }: { readonly value: Json | undefined; readonly onChange: (value: Json) => void }) {
  const say = useSay();
  const { context } = useFormView();
  const kind = jsonKind(value);
  const words = jsonAsText(value);
  const typed = typedJson(words);
  if (typed === undefined || context.isReadOnly) return <span className="json-kind">{say(KINDS[kind])}</span>;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <UnstyledButton className="json-kind" aria-label={say('It will be: {kind}', { kind: say(KINDS[kind]) })}>
          {say(KINDS[kind])}
          <Icon name="chevron-down" size={12} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onChange(typed)}>{say(KINDS[jsonKind(typed)])}</Menu.Item>
        <Menu.Item onClick={() => onChange(words)}>{say(KINDS.text)}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
