import { useMemo } from 'react';
import { useLanguage, useSay } from '../../look/Languages.js';
import { PlainText } from '../fields/string.js';
import type { FieldProps } from '../form-view.js';
import { languagePicks, zonePicks } from '../intl-names.js';
import { Picker } from '../Picker.js';

/** The name of a port. */
export function PortNameControl(props: FieldProps) {
  return <PlainText {...props} isMono />;
}

/** A time of day. One that is written wrongly stays text, so that it can be seen. */
export function TimeControl(props: FieldProps) {
  const { value } = props;
  const isTime = value === undefined || value === '' || (typeof value === 'string' && /^\d\d:\d\d$/.test(value));
  return <PlainText {...props} type={isTime ? 'time' : 'text'} />;
}

/** The name of a time zone, with its offset now. */
export function TimeZoneControl(props: FieldProps) {
  const say = useSay();
  const { values = [] } = props.field;
  const picks = useMemo(() => zonePicks(new Date()), []);
  const own = values.map(({ value, title }) => ({ value: String(value), detail: say(title) }));
  return <Picker {...props} picks={[...own, ...picks]} />;
}

/** The tag of a language, with its name. */
export function LanguageControl(props: FieldProps) {
  const { language } = useLanguage();
  return <Picker {...props} picks={useMemo(() => languagePicks(language), [language])} />;
}
