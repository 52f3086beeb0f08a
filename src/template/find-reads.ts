import {
  AssignTag,
  CaseTag,
  EchoTag,
  ForTag,
  IfTag,
  Output,
  TablerowTag,
  type Template,
  TypeGuards,
  UnlessTag,
  Value,
} from 'liquidjs/dist/liquid.node.mjs';
import type { PathStep, TemplateRead } from './template-read.js';

/** Returns what parsed templates read, in order. Names that the templates set themselves are left out, or followed to what they stand for. */
export function findReads(templates: readonly Template[]): readonly TemplateRead[] {
  const walk: Walk = { found: [], names: new Map() };
  for (const one of templates) visit(one, walk);
  return walk.found;
}

/** Returns what an expression reads. */
export function readsOfValue(value: Value): readonly TemplateRead[] {
  const walk: Walk = { found: [], names: new Map() };
  noteValue(value, 'shown', walk);
  return walk.found;
}

interface Walk {
  readonly found: TemplateRead[];
  /** The names that the template sets, with the path that they stand for; null if that is not known. */
  readonly names: Map<string, TemplateRead['path'] | null>;
}
type Argument = NonNullable<ReturnType<NonNullable<Template['arguments']>>> extends Iterable<infer A> ? A : never;
type ValueToken = Exclude<Argument, Value>;
type Use = TemplateRead['use'];

function visit(template: Template, walk: Walk): void {
  const use = template instanceof Output || template instanceof EchoTag ? 'shown' : isCondition(template) ? 'tested' : 'passed';
  const given = [...(template.arguments?.() ?? [])];
  for (const one of given) note(one, use, walk);
  const [stands] = given;
  for (const { content } of template.localScope?.() ?? [])
    walk.names.set(content, template instanceof AssignTag && stands ? pathOf(stands, walk) : null);
  const inner = childrenOf(template);
  if (inner.length === 0) return;
  const isLoop = template instanceof ForTag || template instanceof TablerowTag;
  const member = isLoop ? memberOf(pathOf(template.collection, walk)) : null;
  const hidden = [...(template.blockScope?.() ?? [])].map((name) => [name, walk.names.get(name)] as const);
  for (const [name] of hidden) walk.names.set(name, isLoop && name === template.variable ? member : null);
  for (const one of inner) visit(one, walk);
  for (const [name, before] of hidden) {
    if (before === undefined) walk.names.delete(name);
    else walk.names.set(name, before);
  }
}

/** A loop with an `else` says what is shown if there is nothing. */
function isCondition(template: Template): boolean {
  if (template instanceof ForTag) return (template.elseTemplates ?? []).length > 0;
  return template instanceof IfTag || template instanceof UnlessTag || template instanceof CaseTag;
}

function childrenOf(template: Template): readonly Template[] {
  // Only tags that read other templates wait for something; none of them is allowed.
  const step = template.children?.(false, true).next();
  return step?.done ? step.value : [];
}

function memberOf(list: TemplateRead['path'] | null): TemplateRead['path'] | null {
  return list && [...list, null];
}

function note(argument: Argument, use: Use, walk: Walk): void {
  if (argument instanceof Value) noteValue(argument, use, walk);
  else noteToken(argument, { use, filters: [] }, walk);
}

function noteValue({ initial, filters }: Value, use: Use, walk: Walk): void {
  noteFiltered(initial.postfix, { use, filters }, walk);
}

type Calls = readonly { readonly name: string; readonly args: readonly unknown[] }[];

function noteFiltered(postfix: readonly unknown[], { use, filters }: { readonly use: Use; readonly filters: Calls }, walk: Walk): void {
  const isAlone = postfix.length === 1;
  // What is compared or combined is not shown.
  const meant = use === 'shown' && !isAlone ? 'passed' : use;
  const names = filters.map(({ name }) => name);
  for (const token of postfix) if (TypeGuards.isValueToken(token)) noteToken(token, { use: meant, filters: names }, walk);
  for (const { args } of filters)
    for (const one of args) {
      const token: unknown = Array.isArray(one) ? one[1] : one;
      if (TypeGuards.isValueToken(token)) noteToken(token, { use: use === 'tested' ? use : 'passed', filters: [] }, walk);
    }
}

function noteToken(token: ValueToken, how: Pick<TemplateRead, 'use' | 'filters'>, walk: Walk): void {
  const inner = { use: how.use === 'tested' ? how.use : 'passed', filters: [] } as const;
  if (TypeGuards.isRangeToken(token)) {
    noteToken(token.lhs, inner, walk);
    noteToken(token.rhs, inner, walk);
  } else if (TypeGuards.isFilteredValueToken(token)) noteFiltered(token.initial.postfix, { use: inner.use, filters: token.filters }, walk);
  else if (TypeGuards.isPropertyAccessToken(token)) {
    if (token.variable && TypeGuards.isValueToken(token.variable)) noteToken(token.variable, inner, walk);
    for (const one of token.props.slice(1)) if (TypeGuards.isPropertyAccessToken(one)) noteToken(one, inner, walk);
    const path = pathOfToken(token, walk);
    if (path) walk.found.push({ path, use: how.use, filters: how.filters });
  }
}

/** Returns the path that an argument is, if it is nothing more than one. */
function pathOf(argument: Argument, walk: Walk): TemplateRead['path'] | null {
  if (argument instanceof Value) return argument.filters.length > 0 ? null : pathOfPostfix(argument.initial.postfix, walk);
  if (TypeGuards.isFilteredValueToken(argument)) return argument.filters.length > 0 ? null : pathOfPostfix(argument.initial.postfix, walk);
  return TypeGuards.isPropertyAccessToken(argument) ? pathOfToken(argument, walk) : null;
}

function pathOfPostfix(postfix: readonly unknown[], walk: Walk): TemplateRead['path'] | null {
  const [only] = postfix;
  return postfix.length === 1 && TypeGuards.isPropertyAccessToken(only) ? pathOfToken(only, walk) : null;
}

function pathOfToken({ variable, props }: PropertyAccess, walk: Walk): TemplateRead['path'] | null {
  const [root, ...steps] = props.map(stepOf);
  if (variable || typeof root !== 'string') return null;
  const stands = walk.names.get(root);
  if (stands === null) return null;
  return stands ? [...stands, ...steps] : [root, ...steps];
}

type PropertyAccess = Extract<ValueToken, { readonly props: unknown }>;

function stepOf(prop: PropertyAccess['props'][number]): PathStep {
  return TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop) || TypeGuards.isWordToken(prop) ? prop.content : null;
}
