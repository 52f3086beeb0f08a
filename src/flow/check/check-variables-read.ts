import { GIVEN_OBJECTS, GIVEN_VARIABLES, type Problem } from '../../contract/index.js';
import { type Meant, meantAmong } from '../../text/meant-name.js';
import type { HeldField } from '../held-fields.js';
import { replaced } from '../mends/mend.js';
import { mendQuotes, withStep } from '../mends/mend-text.js';
import { typographicQuote } from '../mends/template-code.js';
import { didYouMean, type Nearest, nearestAmong } from '../nearest.js';
import { textsIn } from '../variables/texts-in.js';
import { type Checked, namesSetBy } from './checked.js';
import { type At, warning } from './finding.js';
import { costOfReading } from './reading.js';

/** Warns of variables that are read but never set: most likely their names are misspelt. */
export function checkVariablesRead(checked: Checked): readonly Problem[] {
  if (checked.gaps.has('nodes')) return [];
  const set = namesSet(checked);
  const names = { like: nearestAmong([...set]), meant: meantAmong([...set]) };
  return checked.known.flatMap(({ node, at, fields }) =>
    fields.flatMap((field) => {
      if (field.holds === 'result' || field.holds === 'regex' || !checked.effort.spend(0)) return [];
      const isSet = (root: string) => set.has(root) || (root === 'item' && field.ofItem === true);
      const roots = new Set(checked.read(field).reads.flatMap(({ path: [root] }) => (isSet(root) ? [] : [root])));
      return [...roots].map((root) =>
        neverSet(root, { field, at: { pointer: `${at}/params${field.pointer}`, node: node.id } }, { checked, ...names }),
      );
    }),
  );
}

const ITEM_HINT =
  'Only the texts of choices and cards that come from a list can read `item`: "choices": { "from": "slots", "title": "{{ item.name }}" }.';

function neverSet(name: string, { field, at }: Place, { checked, like, meant }: Names): Problem {
  const quote = typographicQuote(name);
  if (quote !== undefined) return quotedName({ name, quote }, { field, at }, checked);
  const [to, near] = name === 'item' ? [undefined, []] : [meant(name), like(name)];
  const text =
    to !== undefined && checked.effort.spend(costOfReading(field))
      ? withStep(field, { path: [name], index: 0, to }, checked.read)
      : undefined;
  return warning({
    ...at,
    code: 'flow/never-set',
    message: `"${name}" is read, but never set`,
    ...(text === undefined ? {} : replaced(at.pointer, text)),
    hint: name === 'item' ? ITEM_HINT : didYouMean(to ?? near, "Declare it in the flow's variables, or set it before."),
  });
}

/** Reports a text in typographic quotation marks, which Liquid reads as the name of a variable. */
function quotedName({ name, quote }: { readonly name: string; readonly quote: string }, { field, at }: Place, checked: Checked): Problem {
  const mended = checked.effort.spend(costOfReading(field)) ? mendQuotes(field, checked.read) : undefined;
  return warning({
    ...at,
    code: 'flow/never-set',
    message: `${name} is read as a variable, because ${quote} is not a quotation mark in an expression`,
    ...(mended ? replaced(at.pointer, mended.text) : {}),
    hint: 'Write straight quotation marks: " or \'.',
  });
}

interface Place {
  readonly field: HeldField;
  readonly at: At;
}
interface Names {
  readonly checked: Checked;
  readonly like: Nearest;
  readonly meant: Meant;
}

/** Returns every variable that is set anywhere. A node with invalid params or an unknown type may set any name in its params. */
function namesSet({ nodes, known, variables }: Checked): ReadonlySet<string> {
  const set = known.flatMap(namesSetBy);
  const readable = new Set(known.filter(({ error }) => !error).map(({ at }) => at));
  const given = [...GIVEN_OBJECTS, ...GIVEN_VARIABLES].map(({ name }) => name);
  const perhaps = nodes.filter(({ at }) => !readable.has(at)).flatMap(({ item }) => textsIn(item.params));
  return new Set([...given, ...variables.map(({ item }) => item.name), ...set, ...perhaps]);
}
