import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../../look/Icon.js';
import { useSay } from '../../look/Languages.js';
import type { FieldProps } from '../form-view.js';
import { Labelled } from '../Labelled.js';
import { TemplateField } from '../template/TemplateField.js';
import { tryRegex } from '../try-regex.js';
import { useChangeLabel } from '../use-label.js';
import { asWords, writtenText } from '../written-text.js';

/** A regular expression, with a line to try it. */
export function RegexField(props: FieldProps) {
  const { field, value, pointer, onChange } = props;
  const label = useChangeLabel(field);
  return (
    <Labelled {...props} note={<TryIt pattern={asWords(value)} />}>
      {(named) => (
        <TemplateField
          named={named}
          language="plain"
          isMono
          value={asWords(value)}
          placeholder={asWords(field.example ?? field.default)}
          onChange={(text) => onChange(pointer, writtenText(field, text), label)}
        />
      )}
    </Labelled>
  );
}

function TryIt({ pattern }: { readonly pattern: string }) {
  const say = useSay();
  const [words, setWords] = useState('');
  if (pattern === '') return null;
  const trial = tryRegex(pattern, words);
  const groups = trial.kind === 'match' ? trial.groups.map(([name, value]) => `${name} = ${value}`).join(', ') : '';
  const verdicts = {
    match: groups === '' ? say('Matches') : say('Matches: {groups}', { groups }),
    none: say('Does not match'),
    unknown: say('Cannot be tried in the browser'),
  };
  return (
    <div className="try-regex" data-verdict={words === '' ? undefined : trial.kind}>
      <TextInput
        size="xs"
        aria-label={say('Text to try the expression with')}
        placeholder={say('Try it: what a person may write')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        leftSection={<Icon name="player-play" size={13} />}
      />
      <output>{words === '' ? '' : verdicts[trial.kind]}</output>
    </div>
  );
}
