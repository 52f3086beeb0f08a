import type { Json, Problem } from '../../contract/index.js';
import { jsonSize } from '../../contract/json-size.js';
import { valueAt, withTexts } from '../compile.js';
import { pointerOf, problemsOfJoi, validateAll } from '../problems-of-joi.js';
import { templateMistake, templateSize } from '../template.js';
import { type Effort, error, type KnownNode, warning } from './finding.js';

/** The translations of a node: they point at texts of it, and the node is right with each of them. */
export function checkLocales({ node, index, type, params }: KnownNode, effort: Effort): readonly Problem[] {
  return Object.entries(node.locales ?? {}).flatMap(([language, texts]) => {
    const at = `/nodes/${index}/locales${pointerOf([language])}`;
    if (!effort.spend(costOf(node.params, texts))) return effort.giveUp({ pointer: at, node: node.id });
    const lost = Object.keys(texts).filter((pointer) => typeof valueAt(node.params as Json, pointer) !== 'string');
    const problems: Problem[] = lost.map((pointer) =>
      warning({
        pointer: at + pointerOf([pointer]),
        code: 'flow/lost-translation',
        node: node.id,
        message: `"${pointer}" points at no text of the node`,
        hint: 'Correct the pointer, or remove the translation.',
      }),
    );
    const { error: refused } = validateAll(type.params, withTexts(node.params, texts));
    if (refused && params !== undefined)
      for (const problem of problemsOfJoi(refused, { pointer: '', code: 'params', node: node.id }))
        problems.push({ ...problem, pointer: Object.hasOwn(texts, problem.pointer) ? at + pointerOf([problem.pointer]) : at });
    for (const [pointer, text] of Object.entries(texts)) {
      const mistake = templateMistake(text);
      if (mistake !== undefined)
        problems.push(
          error({
            pointer: at + pointerOf([pointer]),
            code: 'template/syntax',
            node: node.id,
            message: mistake,
            hint: 'Look for a missing }} or an unknown filter.',
          }),
        );
    }
    return problems;
  });
}

/** About so many microseconds: the params are copied and validated again for each language. */
function costOf(params: Json, texts: Readonly<Record<string, string>>): number {
  return Object.values(texts).reduce((sum, text) => sum + 10 + 3 * templateSize(text), jsonSize(params) / 20);
}
