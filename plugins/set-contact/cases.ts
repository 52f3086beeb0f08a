import type { NodeCase } from '../../src/contract/index.js';

export const cases: readonly NodeCase[] = [
  {
    name: 'texts are set from templates',
    params: { name: '{{ first }} Lovelace', language: '{{ language }}', timeZone: '{{ zone }}' },
    vars: { first: 'Ada', language: 'pt_br', zone: 'America/Sao_Paulo' },
    expect: { setContact: { name: 'Ada Lovelace', language: 'pt-BR', timeZone: 'America/Sao_Paulo' }, then: { exit: 'next' } },
  },
  {
    name: 'fields keep their types',
    params: {
      fields: [
        { name: 'size', value: '{{ n }}' },
        { name: 'tags', value: ['new', '{{ n }}'] },
        { name: 'since', value: 'day {{ n }}' },
      ],
    },
    vars: { n: 4 },
    expect: { setContact: { fields: { size: 4, tags: ['new', 4], since: 'day 4' } }, then: { exit: 'next' } },
  },
  {
    name: 'empty texts and null remove what was there',
    params: {
      name: null,
      language: '',
      timeZone: '{{ nothing }}',
      fields: [
        { name: 'size', value: null },
        { name: 'city', value: ' ' },
      ],
    },
    vars: { nothing: '' },
    contact: { name: 'Ada', language: 'en', timeZone: 'UTC', fields: { size: 4, city: 'Rome' } },
    expect: {
      setContact: { name: null, language: null, timeZone: null, fields: { size: null, city: null } },
      then: { exit: 'next' },
    },
  },
  {
    name: 'a wrong language and a wrong time zone leave the old ones, with warnings',
    params: { name: 'Ada', language: '{{ said }}', timeZone: '{{ said }}' },
    vars: { said: 'German' },
    contact: { language: 'en', timeZone: 'UTC' },
    expect: { setContact: { name: 'Ada' }, then: { exit: 'next' } },
    warnings: ['contact/bad-language', 'contact/bad-zone'],
  },
  {
    name: 'a change of which nothing is right changes nothing',
    params: { timeZone: '{{ said }}' },
    vars: { said: '+02:00' },
    expect: { then: { exit: 'next' } },
    warnings: ['contact/bad-zone'],
  },
  {
    name: 'a name without visible characters removes the name; a long one is cut',
    params: { name: '{{ said }}' },
    vars: { said: '\u3164' },
    expect: { setContact: { name: null }, then: { exit: 'next' } },
  },
  {
    name: 'the person opts out of a platform, and back in on another',
    params: { optOut: { whatsapp: true, viber: false } },
    expect: { setContact: { optOut: { whatsapp: true, viber: false } }, then: { exit: 'next' } },
  },
];
