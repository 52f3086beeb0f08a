import type { Field } from '../../../src/contract/form.js';
import type { FlowForm } from '../api/language.js';

/** The titles of triggers, by type. */
const TRIGGERS: Readonly<Record<string, string>> = {
  TriggeredByWhatsApp: 'A message on WhatsApp',
  TriggeredByViber: 'A message on Viber',
  TriggeredManually: 'An API call or a campaign',
  TriggeredByFlow: 'Another flow',
};

/** Returns the field whose form is that of a flow itself: its triggers, variables and settings. */
export function flowField({ triggers, variable, settings }: FlowForm): Field {
  const types = Object.entries(triggers).map(([type, { fields = [] }]) => ({ value: type, title: TRIGGERS[type] ?? type, fields }));
  const trigger: Field = {
    kind: 'object',
    fields: [
      {
        name: 'type',
        field: { kind: 'choice', label: 'Begins with', required: true, values: types.map(({ value, title }) => ({ value, title })) },
      },
    ],
    variants: { by: 'type', cases: types },
  };
  return {
    kind: 'object',
    fields: [
      {
        name: 'triggers',
        field: { kind: 'list', label: 'Triggers', sentence: 'What starts the flow.', item: trigger, required: true },
      },
      {
        name: 'variables',
        field: { kind: 'list', label: 'Variables', sentence: 'What the flow remembers. Only inputs need to be declared.', item: variable },
      },
      { name: 'settings', field: { ...settings, label: 'Settings' } },
    ],
  };
}
