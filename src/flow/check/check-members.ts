import { itemsOf, type Problem, type Shape, type ShapeStep, shapeAfter, typeOfShape, VARIABLE_TYPES } from '../../contract/index.js';
import { OPERATOR_LIST } from '../../params/operators.js';
import { OTHER_MESSAGE_MEMBERS } from '../../params/other-names.js';
import type { TemplateRead } from '../../template/template-read.js';
import { meantAmong } from '../../text/meant-name.js';
import type { HeldField } from '../held-fields.js';
import { replaced } from '../mends/mend.js';
import { withStep } from '../mends/mend-text.js';
import { didYouMean, nearestAmong } from '../nearest.js';
import { ARITHMETIC, shapeOfRead } from '../variables/expression-shape.js';
import { attempt, type Checked, type KnownNode, namesSetBy } from './checked.js';
import { type At, warning } from './finding.js';
import { costOfReading } from './reading.js';

/**
 * Warns of reads that cannot give what is meant, by the shape of the value: members that it never has (`lastMessage.choise`), an index of
 * what is not a list, numbers that it can never be, and JSON where a person would read it.
 */
export function checkMembers(checked: Checked): readonly Problem[] {
  const answers = answersIn(checked);
  return checked.known.flatMap((node) =>
    node.fields.flatMap((field) => {
      if (field.holds === 'regex' || !checked.effort.spend(0)) return [];
      const { reads } = checked.read(field);
      if (reads.length === 0) return [];
      const at = { pointer: `${node.at}/params${field.pointer}`, node: node.node.id };
      const problems = new Map<string, Problem>();
      for (const read of reads) {
        const problem = problemOf(read, { field, node, checked, answers, at });
        if (problem) problems.set(`${problem.code} ${problem.message}`, problem);
      }
      return [...problems.values()];
    }),
  );
}

interface Around {
  readonly field: HeldField;
  readonly node: KnownNode;
  readonly checked: Checked;
  /** Variables that hold what a person has sent: a text shows the words in it. */
  readonly answers: ReadonlySet<string>;
  readonly at: At;
}

function problemOf(read: TemplateRead, { field, node, checked, answers, at }: Around): Problem | undefined {
  const { path, filters, use } = read;
  const [root, ...steps] = path;
  const isOfResult = field.holds === 'result';
  // Nothing can be wrong with a variable that is only passed on.
  if (steps.length === 0 && filters.length === 0 && !isOfResult && !field.isShown && field.comparedBy === undefined) return undefined;
  const from = shapeBehind(root, { field, node, checked });
  if (from === 'any') return undefined;
  const led = follow(from, isOfResult ? { root: '', steps: path } : { root, steps });
  if ('missing' in led) return unknownMember(led.missing, { read, field, checked, at });
  const { shape, name } = led;
  const type = typeOfShape(shape);
  if (type !== 'list' && type !== 'object' && type !== 'date') return undefined;
  if (filters[0] !== undefined && ARITHMETIC.has(filters[0])) return neverANumber({ name, type, with: `| ${filters[0]}` }, at);
  const operator = OPERATOR_LIST.find((one) => one.name === field.comparedBy);
  if (operator?.of === 'number' && type !== 'list' && filters.length === 0) return neverANumber({ name, type, with: operator.name }, at);
  const isRaw = field.isShown && use === 'shown' && filters.length === 0 && type !== 'date';
  return isRaw && !answers.has(root) && !(steps.length === 0 && HAVE_WORDS.has(root)) ? shownAsJson({ name, type }, at) : undefined;
}

/** Returns what the first name of a path stands for in a field: the result of a call, a member of a list, or a variable. */
function shapeBehind(root: string, { field, node, checked }: Pick<Around, 'field' | 'node' | 'checked'>): Shape {
  if (field.holds === 'result') return (node.error ? undefined : attempt(() => node.type.resultShape?.(node.loose))) ?? 'any';
  if (!field.ofItem || root !== 'item') return checked.shapes.at(root, node.at);
  const list = listAround(field, node);
  const [read] = list ? checked.read(list).reads : [];
  if (read?.use !== 'shown') return 'any';
  return itemsOf(shapeOfRead(checked.shapes.at(read.path[0], node.at), read) ?? 'any');
}

/** Returns the expression of the list that a text is filled for each member of: `from`, beside the text or further out. */
function listAround({ pointer }: HeldField, { fields }: KnownNode): HeldField | undefined {
  for (let end = pointer.lastIndexOf('/'); end >= 0; end = pointer.lastIndexOf('/', end - 1)) {
    const place = `${pointer.slice(0, end)}/from`;
    const list = fields.find((one) => one.pointer === place && one.holds === 'expression');
    if (list) return list;
    if (end === 0) return undefined;
  }
  return undefined;
}

/** Given objects that are shown by their words, or not at all. */
const HAVE_WORDS: ReadonlySet<string> = new Set(['contact', 'channel', 'link', 'lastMessage']);

function answersIn({ known }: Checked): ReadonlySet<string> {
  return new Set(known.flatMap((node) => (attempt(() => node.type.waitsFor?.(node.loose)) === 'message' ? namesSetBy(node) : [])));
}

/** A step of a path that leads to nothing. */
interface MissingStep {
  /** The path to the value that the step is from, as it is written; empty for the result of a call. */
  readonly holder: string;
  readonly shape: Shape;
  readonly step: ShapeStep;
  /** Which step it is. */
  readonly index: number;
}

/** Follows a path. Returns the shape that it leads to, or its first step that leads to nothing. */
function follow(
  from: Shape,
  { root, steps }: { readonly root: string; readonly steps: readonly ShapeStep[] },
): { readonly shape: Shape; readonly name: string } | { readonly missing: MissingStep } {
  let [shape, name] = [from, root];
  for (const [index, step] of steps.entries()) {
    const next = shapeAfter(shape, step);
    if (next === undefined) return { missing: { holder: name, shape, step, index } };
    shape = next;
    name = typeof step !== 'string' ? `${name}[${step ?? ''}]` : name === '' ? step : `${name}.${step}`;
  }
  return { shape, name };
}

type ReadThere = Pick<Around, 'field' | 'checked' | 'at'> & { readonly read: TemplateRead };

function unknownMember({ holder, shape, step, index }: MissingStep, { read, field, checked, at }: ReadThere): Problem {
  const members = typeof shape === 'object' && 'members' in shape ? Object.keys(shape.members) : undefined;
  const holds = `It holds a value of the type "${titleOf(typeOfShape(shape))}".`;
  const has = members && (members.length > 0 ? `Its members are ${members.join(', ')}.` : 'It has no members.');
  const of = holder === '' ? 'the result' : `"${holder}"`;
  if (typeof step !== 'string')
    return warning({
      ...at,
      code: 'template/not-a-list',
      message: `${of} is not a list, so it has nothing at [${step ?? ''}]`,
      hint: has ?? holds,
    });
  const isList = typeOfShape(shape) === 'list';
  const meant = members && meantAmong(members, OTHER_MESSAGE_MEMBERS)(step);
  // The first step of an expression over a result is a member of it, else a variable.
  const place = { path: read.path, index: field.holds === 'result' ? index : index + 1 };
  const text =
    meant !== undefined && checked.effort.spend(costOfReading(field)) ? withStep(field, { ...place, to: meant }, checked.read) : undefined;
  return warning({
    ...at,
    code: 'template/unknown-member',
    message: `${of} has no member "${step}"`,
    ...(text === undefined ? {} : replaced(at.pointer, text)),
    hint: members
      ? didYouMean(meant ?? nearestAmong(members)(step), has ?? '')
      : isList
        ? `It is a list: read a member of it, such as ${holder}[0].${step}.`
        : holds,
  });
}

type Typed = { readonly name: string; readonly type: keyof typeof VARIABLE_TYPES };

function neverANumber({ name, type, with: by }: Typed & { readonly with: string }, at: At): Problem {
  return warning({
    ...at,
    code: 'template/never-a-number',
    message: `"${name}" is never a number, but "${by}" needs one: it holds a value of the type "${titleOf(type)}"`,
    hint:
      type === 'list'
        ? `Use its length, "${name}.size", or one of its members.`
        : 'Use a member of it that is a number, or another operator.',
  });
}

function shownAsJson({ name, type }: Typed, at: At): Problem {
  return warning({
    ...at,
    code: 'template/shows-json',
    message: `the person would read JSON, because "${name}" holds a value of the type "${titleOf(type)}"`,
    hint:
      type === 'list'
        ? `Show its members: {{ ${name} | join: ", " }}, or {% for one in ${name} %}.`
        : `Show a member of it, such as ${name}.id.`,
  });
}

function titleOf(type: keyof typeof VARIABLE_TYPES | undefined): string {
  return type === undefined ? '' : VARIABLE_TYPES[type].toLowerCase();
}
