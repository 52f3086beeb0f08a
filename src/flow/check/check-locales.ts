import type { Problem } from '../../contract/index.js';
import { pointerOf, valueAt } from '../../contract/json/json-pointer.js';
import type { TemplateRead } from '../../template/template-read.js';
import { type Meant, meantAmong, squashed } from '../../text/meant-name.js';
import type { HeldField } from '../held-fields.js';
import { removed, renamed } from '../mends/mend.js';
import { mistakesOf } from './check-texts.js';
import type { Checked, KnownNode } from './checked.js';
import { type At, warning } from './finding.js';
import { costOfReading } from './reading.js';

/** Reports translations that point at no text, have mistakes in their templates, or read other variables than the text they translate. */
export function checkLocales(checked: Checked): readonly Problem[] {
  return checked.known.flatMap((one) => {
    const { node, at, loose } = one;
    if (loose === undefined || (!node.locales && !node.translatedFrom)) return [];
    const fields = new Map(one.fields.map((field) => [field.pointer, field]));
    const ofTexts = Object.entries(node.locales ?? {}).flatMap(([language, texts]) => {
      const meant = textMeant(one, texts);
      return Object.entries(texts).flatMap(([pointer, value]) => {
        const place = { pointer: `${at}/locales${pointerOf([language, pointer])}`, node: node.id };
        if (typeof valueAt(node.params, pointer) !== 'string') return [lost(pointer, place, meant)];
        const field = { ...(fields.get(pointer) ?? { holds: 'text' as const, pointer }), value };
        return checkText(field, { place, source: fields.get(pointer) }, checked);
      });
    });
    return [...ofTexts, ...lostSources(one)];
  });
}

function lost(pointer: string, place: At, meant: () => Meant): Problem {
  const right = meant()(pointer);
  return warning({
    ...place,
    code: 'flow/lost-translation',
    message: `the node has no text at "${pointer}"`,
    ...(right === undefined ? removed(place.pointer, 'Remove the translation, or correct its pointer.') : renamed(place.pointer, right)),
  });
}

/** Reports texts in `translatedFrom` that belong to no translation. */
function lostSources({ node, at }: KnownNode): readonly Problem[] {
  return Object.entries(node.translatedFrom ?? {}).flatMap(([language, texts]) =>
    Object.keys(texts)
      .filter((pointer) => node.locales?.[language]?.[pointer] === undefined)
      .map((pointer) => {
        const place = `${at}/translatedFrom${pointerOf([language, pointer])}`;
        return warning({
          pointer: place,
          node: node.id,
          code: 'flow/lost-translation',
          message: `there is no translation of "${pointer}" into "${language}"`,
          ...removed(place, 'Remove the text from `translatedFrom`, or correct its pointer.'),
        });
      }),
  );
}

interface Translation {
  readonly place: At;
  /** The field with the text that was translated. */
  readonly source: HeldField | undefined;
}

function checkText(
  field: HeldField,
  { place, source }: Translation,
  { effortOfTranslations: effort, world, read }: Checked,
): readonly Problem[] {
  // Many translations make the estimate more even, so that it can be lower.
  if (!effort.spend(costOfReading(field) / 2)) return effort.giveUp(place);
  const mistakes = mistakesOf(field, place, { world, read });
  if (mistakes.length > 0 || source === undefined || source.holds !== 'text') return mistakes;
  return placeholdersDiffer(read(source).reads, read(field).reads, place);
}

/** Warns if a translation reads other variables than its source: one was lost, or misspelt. */
export function placeholdersDiffer(source: readonly TemplateRead[], translation: readonly TemplateRead[], place: At): readonly Problem[] {
  const [wanted, given] = [namesRead(source), namesRead(translation)];
  const missing = [...wanted].filter((name) => !given.has(name));
  const added = [...given].filter((name) => !wanted.has(name));
  if (missing.length === 0 && added.length === 0) return [];
  const words = [
    ...(missing.length > 0 ? [`lacks ${listed(missing)}`] : []),
    ...(added.length > 0 ? [`reads ${listed(added)}, which the text does not`] : []),
  ];
  return [
    warning({
      ...place,
      code: 'flow/placeholders-differ',
      message: `the translation ${words.join(' and ')}`,
      hint: 'Use the same variables in the translation as in the text.',
    }),
  ];
}

function namesRead(reads: readonly TemplateRead[]): ReadonlySet<string> {
  return new Set(reads.map(({ path }) => path.join('.')));
}

function listed(names: readonly string[]): string {
  return names.map((name) => `{{ ${name} }}`).join(', ');
}

/** Returns a function that finds the text that the pointer of a translation means, among those that are not translated. It is made once. */
function textMeant({ fields }: KnownNode, texts: Readonly<Record<string, string>>): () => Meant {
  let made: Meant | undefined;
  const make = () => {
    const free = fields.filter(({ holds, pointer }) => holds === 'text' && !Object.hasOwn(texts, pointer)).map(({ pointer }) => pointer);
    return meantAmong(free, Object.fromEntries(free.map((pointer) => [squashed(`/params${pointer}`), [pointer]])));
  };
  return () => {
    made ??= make();
    return made;
  };
}
