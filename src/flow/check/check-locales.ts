import type { Json, Problem } from '../../contract/index.js';
import { pointerOf, valueAt } from '../../contract/json/json-pointer.js';
import { jsonSize } from '../../contract/json/json-size.js';
import { templateSize } from '../../template/read-template.js';
import { type Meant, meantAmong, squashed } from '../../text/meant-name.js';
import { withTexts } from '../compile.js';
import { heldFields } from '../held-fields.js';
import { removed, renamed } from '../mends/mend.js';
import { problemsOfJoi, validateAll } from '../problems-of-joi.js';
import { mistakesOf } from './check-texts.js';
import type { Checked, KnownNode } from './checked.js';
import { warning } from './finding.js';

/** Reports translations that point at no text, have mistakes in their templates, or make the params invalid. */
export function checkLocales(checked: Checked): readonly Problem[] {
  const readable = checked.known.filter(({ loose }) => loose !== undefined);
  return readable.flatMap((one) =>
    Object.entries(one.node.locales ?? {}).flatMap(([language, texts]) => checkLanguage(one, { language, texts }, checked)),
  );
}

type Texts = Readonly<Record<string, string>>;

function checkLanguage(
  { node, at: nodeAt, type, params }: KnownNode,
  { language, texts }: { readonly language: string; readonly texts: Texts },
  { effort, world, read }: Checked,
): readonly Problem[] {
  const at = `${nodeAt}/locales${pointerOf([language])}`;
  if (!effort.spend(costOf(node.params, texts))) return effort.giveUp({ pointer: at, node: node.id });
  const lost = Object.keys(texts).filter((pointer) => typeof valueAt(node.params, pointer) !== 'string');
  const meant = lost.length > 0 ? textMeant({ node, type }, texts, world) : undefined;
  const problems: Problem[] = lost.map((pointer) => {
    const place = at + pointerOf([pointer]);
    const right = meant?.(pointer);
    return warning({
      pointer: place,
      code: 'flow/lost-translation',
      node: node.id,
      message: `the node has no text at "${pointer}"`,
      ...(right === undefined ? removed(place, 'Remove the translation, or correct its pointer.') : renamed(place, right)),
    });
  });
  const translated = withTexts(node.params, texts);
  const { error: refused } = validateAll(type.params, translated);
  if (refused && params !== undefined)
    for (const problem of problemsOfJoi(refused, { pointer: '', code: 'params', node: node.id }))
      problems.push({ ...problem, pointer: Object.hasOwn(texts, problem.pointer) ? at + pointerOf([problem.pointer]) : at });
  const fields = new Map(heldFields(world.nodeTypes.describe(type.params), translated).map((field) => [field.pointer, field]));
  for (const [pointer, value] of Object.entries(texts)) {
    const field = fields.get(pointer) ?? { holds: 'text', pointer, value };
    problems.push(...mistakesOf(field, { pointer: at + pointerOf([pointer]), node: node.id }, { world, read }));
  }
  return problems;
}

/** Returns a function that finds the text that the pointer of a translation means, among those that are not translated. */
function textMeant({ node, type }: Pick<KnownNode, 'node' | 'type'>, texts: Texts, { nodeTypes }: Checked['world']): Meant {
  const fields = heldFields(nodeTypes.describe(type.params), node.params).filter(({ holds }) => holds === 'text');
  const free = fields.map(({ pointer }) => pointer).filter((pointer) => !Object.hasOwn(texts, pointer));
  return meantAmong(free, Object.fromEntries(free.map((pointer) => [squashed(`/params${pointer}`), [pointer]])));
}

/** Returns the cost in about microseconds: the params are copied, walked and validated again for each language. */
function costOf(params: Json, texts: Texts): number {
  return Object.values(texts).reduce((sum, text) => sum + 10 + 3 * templateSize(text), jsonSize(params) / 10);
}
