import { GIVEN_OBJECTS, type Problem, type Shape, type ShapeStep, shapeAfter, typeOfShape, VARIABLE_TYPES } from '../../contract/index.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import type { Checked } from './checked.js';
import { type At, warning } from './finding.js';

const GIVEN: ReadonlyMap<string, Shape> = new Map(GIVEN_OBJECTS.map(({ name, shape }) => [name, shape]));

/** Warns of members that a value never has, such as `lastMessage.choise`: they are always empty. */
export function checkMembers({ known, effort, read }: Checked): readonly Problem[] {
  return known.flatMap(({ node, at, fields }) =>
    fields.flatMap((field) => {
      if (field.holds === 'result' || !effort.spend(0)) return [];
      const place = { pointer: `${at}/params${field.pointer}`, node: node.id };
      const missing = read(field).reads.flatMap(({ path: [root, ...steps] }) => {
        const shape = GIVEN.get(root);
        const step = shape === undefined ? undefined : firstMissing(shape, { root, steps });
        return step ? [step] : [];
      });
      const once = new Map(missing.map((one) => [one.path, one]));
      return [...once.values()].map((one) => unknownMember(one, place));
    }),
  );
}

/** A step of a path that leads to nothing. */
interface MissingStep {
  /** The path to the value that the step is from, as it is written. */
  readonly holder: string;
  readonly shape: Shape;
  readonly step: ShapeStep;
  /** The path with the step. */
  readonly path: string;
}

/** Returns the first step of a path that leads to nothing. */
function firstMissing(
  from: Shape,
  { root, steps }: { readonly root: string; readonly steps: readonly ShapeStep[] },
): MissingStep | undefined {
  let [shape, holder] = [from, root];
  for (const step of steps) {
    const path = withStep(holder, step);
    const next = shapeAfter(shape, step);
    if (next === undefined) return { holder, shape, step, path };
    [shape, holder] = [next, path];
  }
  return undefined;
}

function unknownMember({ holder, shape, step }: MissingStep, at: At): Problem {
  const members = typeof shape === 'object' && 'members' in shape ? Object.keys(shape.members) : undefined;
  const type = typeOfShape(shape);
  const title = type === undefined ? '' : VARIABLE_TYPES[type].toLowerCase();
  if (typeof step !== 'string')
    return warning({
      ...at,
      code: 'template/not-a-list',
      message: `"${holder}" is not a list, so it has nothing at [${step ?? ''}]`,
      hint: members ? `Its members are ${members.join(', ')}.` : `It holds a value of the type "${title}".`,
    });
  const ofItems =
    type === 'list' ? `It is a list: read a member of it, such as ${holder}[0].${step}.` : `It holds a value of the type "${title}".`;
  return warning({
    ...at,
    code: 'template/unknown-member',
    message: `"${holder}" has no member "${step}"`,
    hint: members ? didYouMean(nearestAmong(members)(step), `Its members are ${members.join(', ')}.`) : ofItems,
  });
}

function withStep(holder: string, step: ShapeStep): string {
  if (typeof step === 'string') return `${holder}.${step}`;
  return `${holder}[${step ?? ''}]`;
}
