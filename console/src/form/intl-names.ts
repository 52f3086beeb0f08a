/** A name that `Intl` knows, and what it means. */
interface Pick {
  readonly value: string;
  readonly detail: string;
}

/** Returns the time zones that the browser knows, each with its offset from UTC at that time. */
export function zonePicks(at: Date): readonly Pick[] {
  return Intl.supportedValuesOf('timeZone').map((value) => ({ value, detail: offsetOf(value, at) }));
}

function offsetOf(timeZone: string, at: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';
}

/** The languages to suggest. Any other tag may be written. */
const LANGUAGES =
  'af am ar az be bg bn bs ca cs cy da de el en en-GB en-US es es-MX et eu fa fi fil fr fr-CA ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl pt pt-BR pt-PT ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh zh-CN zh-TW zu';

/** Returns languages by their tags, with their names in the language of the person. */
export function languagePicks(inLanguage: string): readonly Pick[] {
  const names = new Intl.DisplayNames(inLanguage, { type: 'language' });
  return LANGUAGES.split(' ').map((value) => ({ value, detail: names.of(value) ?? '' }));
}
