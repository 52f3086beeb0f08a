import type { ComponentType } from 'react';
import type { CONTROL_NAMES } from '../field-kinds.js';
import { DurationField } from '../fields/duration.js';
import { ListField } from '../fields/list.js';
import type { FieldProps } from '../form-view.js';
import { BranchesControl } from './branches.js';
import { ChoicesControl } from './choices.js';
import { CodeControl } from './code.js';
import { ConditionControl } from './condition.js';
import { HoursControl } from './hours.js';
import { MessageControl } from './message.js';
import { LanguageControl, PortNameControl, TimeControl, TimeZoneControl } from './names.js';
import { SecretControl } from './secret.js';

/** The controls that a field can name in `control`, so that plugins of others may use them, too. */
export const controls: Readonly<Record<(typeof CONTROL_NAMES)[number], ComponentType<FieldProps>>> = {
  choices: ChoicesControl,
  message: MessageControl,
  condition: ConditionControl,
  branches: BranchesControl,
  rows: ListField,
  keywords: ListField,
  duration: DurationField,
  portName: PortNameControl,
  time: TimeControl,
  timeZone: TimeZoneControl,
  hours: HoursControl,
  language: LanguageControl,
  secret: SecretControl,
  code: CodeControl,
};
