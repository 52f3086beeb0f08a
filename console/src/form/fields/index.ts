import type { ComponentType } from 'react';
import type { FieldKind } from '../../../../src/contract/form.js';
import { ConditionControl } from '../controls/condition.js';
import type { FIELD_KINDS } from '../field-kinds.js';
import type { FieldProps } from '../form-view.js';
import { AlternativesField } from './alternatives.js';
import { BooleanField } from './boolean.js';
import { ChoiceField } from './choice.js';
import { DurationField } from './duration.js';
import { ExpressionField } from './expression.js';
import { JsonField } from './json.js';
import { ListField } from './list.js';
import { MapField } from './map.js';
import { NumberField } from './number.js';
import { ObjectField } from './object.js';
import { ChannelField, FlowField, VariableField } from './picker.js';
import { RegexField } from './regex.js';
import { StringField } from './string.js';
import { TextField } from './text.js';

/** What draws a field, by its kind. */
export const fields: Readonly<Record<FieldKind & (typeof FIELD_KINDS)[number], ComponentType<FieldProps>>> = {
  text: TextField,
  sealed: TextField,
  expression: ExpressionField,
  result: ExpressionField,
  regex: RegexField,
  variable: VariableField,
  flow: FlowField,
  channel: ChannelField,
  json: JsonField,
  any: JsonField,
  string: StringField,
  number: NumberField,
  boolean: BooleanField,
  choice: ChoiceField,
  duration: DurationField,
  object: ObjectField,
  list: ListField,
  map: MapField,
  condition: ConditionControl,
  alternatives: AlternativesField,
};
