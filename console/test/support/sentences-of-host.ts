import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapters } from '../../../adapters/index.js';
import { plugins } from '../../../plugins/all.js';
import type { Field, NamedField } from '../../../src/contract/form.js';
import { describeFlowForm, describeNodeType } from '../../../src/flow/describe.js';
import { describeLanguage } from '../../../src/flow/language.js';
import { describeAdapter } from '../../../src/manage/describe-adapter.js';
import { titleOfPort } from '../../src/flow/ports.js';

/** Returns the words that the host gives to the console in English: those of node types, forms, adapters, the language and templates. */
export function sentencesOfHost(): readonly string[] {
  const nodeTypes = plugins.map(({ node }) => describeNodeType(node));
  const { triggers, variable, settings } = describeFlowForm();
  const { given, filters, operators } = describeLanguage();
  const shownAdapters = adapters.map(describeAdapter);
  const said: readonly (string | undefined)[] = [
    ...nodeTypes.flatMap(({ title, sentence, words, form }) => [title, sentence, ...words, ...sentencesOfField(form)]),
    // A port of `each` has the title of its branch, which is the author's.
    ...nodeTypes.flatMap(({ ports }) => ports.flatMap((port) => ('each' in port ? [] : [titleOfPort(port)]))),
    ...[...Object.values(triggers), variable, settings].flatMap(sentencesOfField),
    ...[...given, ...filters].map(({ sentence }) => sentence),
    ...operators.map(({ title }) => title),
    ...shownAdapters.flatMap(({ title, form }) => [title, ...sentencesOfField(form)]),
    ...templates().flatMap(({ name, remark }) => [name, remark]),
  ];
  return said.filter((one) => one !== undefined && one !== '') as readonly string[];
}

/** Returns the flows of the gallery: the files that the host reads. */
function templates(): readonly { readonly name: string; readonly remark: string }[] {
  const folder = join(process.cwd(), 'templates');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
}

function sentencesOfField(field: Field): readonly (string | undefined)[] {
  const { label, sentence, unit, values = [], fields = [], variants, item, anyOf = [] } = field;
  return [
    ...[label, sentence, unit, ...values.map(({ title }) => title)],
    ...fields.flatMap(sentencesOfMember),
    ...(variants?.cases ?? []).flatMap(({ title, fields: more }) => [title, ...more.flatMap(sentencesOfMember)]),
    ...(item ? sentencesOfField(item) : []),
    ...anyOf.flatMap(sentencesOfField),
  ];
}

/** A member without a label is called by its name. */
function sentencesOfMember({ name, field }: NamedField): readonly (string | undefined)[] {
  return [field.label ?? name, ...sentencesOfField(field)];
}
