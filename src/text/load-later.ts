import { createRequire } from 'node:module';
import type * as Chrono from 'chrono-node/en';
import type * as Phones from 'libphonenumber-js/core';
import type * as Linkify from 'linkify-it';
import type * as Re2 from 're2js';
import type * as Polyfill from 'temporal-polyfill';
import type * as Tinyld from 'tinyld';

// Many hosts never need these packages, so they are loaded by the first text that does. `require` keeps what it has loaded.
const require = createRequire(import.meta.url);

/** The languages that chrono-node reads, with the names of its modules. */
const CHRONO: Readonly<Record<string, string>> = {
  ar: 'ar',
  de: 'de',
  en: 'en',
  es: 'es',
  fi: 'fi',
  fr: 'fr',
  id: 'id',
  it: 'it',
  ja: 'ja',
  nl: 'nl',
  pt: 'pt',
  ru: 'ru',
  sv: 'sv',
  uk: 'uk',
  vi: 'vi',
  zh: 'zh',
};

/** Returns chrono-node for a language (ISO 639-1), undefined if it does not read it. */
export function loadChrono(language: string): Chrono.Chrono | undefined {
  const name = Object.hasOwn(CHRONO, language) ? CHRONO[language] : undefined;
  return name === undefined ? undefined : (require(`chrono-node/${name}`) as typeof Chrono).casual;
}

export function loadLinkify(): typeof Linkify {
  return require('linkify-it') as typeof Linkify;
}

/** Its file for Node alone: 600 kB. A smaller one takes a fifth of the time to load, but does not know every third short sentence. */
export function loadTinyld(): typeof Tinyld {
  return require('tinyld') as typeof Tinyld;
}

export function loadPhones(): typeof Phones {
  return require('libphonenumber-js/core') as typeof Phones;
}

/** Returns what libphonenumber-js knows of the numbers of each country. */
export function loadPhoneMetadata(): Phones.MetadataJson {
  return require('libphonenumber-js/min/metadata') as Phones.MetadataJson;
}

/** Regular expressions in linear time. */
export function loadRe2(): typeof Re2.RE2JS {
  return (require('re2js') as typeof Re2).RE2JS;
}

export function loadTemporal(): typeof Polyfill.Temporal {
  return (require('temporal-polyfill') as typeof Polyfill).Temporal;
}
