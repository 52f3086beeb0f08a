import type { NodeCase } from '../../src/contract/index.js';

const input = '{{ said }}';
const branches = [
  { name: 'english', values: ['en'] },
  { name: 'iberia', values: ['spa', 'pt-BR'] },
];
const found = (value: string | null, exit = 'next') => ({ set: { found: value }, then: { exit } });

export const cases: readonly NodeCase[] = [
  {
    name: 'the language of a sentence is saved',
    params: { input, saveAs: 'found' },
    vars: { said: 'Ich möchte mein Paket zurückschicken' },
    expect: found('de'),
  },
  {
    name: 'with three letters, if they are wanted',
    params: { input, output: 'isoCode639_3', saveAs: 'found' },
    vars: { said: 'สินค้าของฉันอยู่ที่ไหน' },
    expect: found('tha'),
  },
  {
    name: 'a greeting is recognized by its word',
    params: { input, branches, saveAs: 'found' },
    vars: { said: 'Hola!' },
    expect: found('es', 'iberia'),
  },
  {
    name: 'values of branches may have two or three letters, and a region',
    params: { input, output: 'isoCode639_3', branches, saveAs: 'found' },
    vars: { said: 'Quero devolver minha encomenda, por favor' },
    expect: found('por', 'iberia'),
  },
  {
    name: 'a language that no branch has leaves by else',
    params: { input, branches, saveAs: 'found' },
    vars: { said: 'Où est ma commande ?' },
    expect: found('fr', 'else'),
  },
  {
    name: 'a text that is not sure enough has the language of the fallback',
    params: { input, accuracy: 0.9, fallback: 'EN-gb', branches, saveAs: 'found' },
    vars: { said: 'Hola, quisiera reservar una mesa para dos' },
    expect: found('en', 'english'),
  },
  {
    name: 'so has a text that says nothing about its language',
    params: { input, fallback: '{{ contact.language }}', output: 'isoCode639_3', saveAs: 'found' },
    vars: { said: 'ok 12345 👍 https://example.com' },
    contact: { language: 'fr' },
    expect: found('fra'),
  },
  {
    name: 'without a fallback the variable is null, and the way out is else',
    params: { input, branches, saveAs: 'found' },
    vars: { said: '' },
    expect: found(null, 'else'),
  },
  {
    name: 'a fallback that is not a language is none',
    params: { input, fallback: 'English', saveAs: 'found' },
    vars: { said: '?' },
    expect: found(null),
    warnings: ['language/bad-fallback'],
  },
];
