import {
  GIVEN_OBJECTS,
  GIVEN_VARIABLES,
  type GivenObject,
  type GivenVariable,
  type Platform,
  type Shape,
  typeOfShape,
  type VariableType,
} from '../contract/index.js';
import { OPERATOR_LIST, type OperatorShown } from '../params/operators.js';
import { FILTERS, type FilterShown } from '../template/filter-list.js';

/** What templates, expressions and conditions can use in any flow: an editor completes it. */
export interface FlowLanguage {
  readonly given: readonly GivenShown[];
  readonly filters: readonly FilterShown[];
  readonly operators: readonly OperatorShown[];
}

/** A variable or an object that flows are given. */
export interface GivenShown {
  readonly name: string;
  readonly type: VariableType;
  readonly members?: readonly { readonly name: string; readonly type?: VariableType }[];
  /** Whether it may have members of other names. */
  readonly open?: true;
  /** What is in an object or a list, at all depths. */
  readonly shape?: Shape;
  readonly sentence: string;
  /** The platforms on which it has a value. */
  readonly on: readonly Platform[];
}

const PLATFORMS: readonly Platform[] = ['whatsapp', 'viber'];

/** Describes the language of templates, expressions and conditions. `constants` are the names of those that are set. */
export function describeLanguage(constants: readonly string[] = []): FlowLanguage {
  const named: Shape = { members: Object.fromEntries(constants.map((name) => [name, 'text' as const])), open: true };
  const withConstants = (one: GivenObject): GivenObject => (one.name === 'constants' ? { ...one, shape: named } : one);
  return {
    given: [...GIVEN_VARIABLES.map(variableShown), ...GIVEN_OBJECTS.map((one) => objectShown(withConstants(one)))],
    filters: FILTERS,
    operators: OPERATOR_LIST,
  };
}

function variableShown({ name, type = 'text', sentence, on }: GivenVariable): GivenShown {
  return { name, type, sentence, on: on ? [on] : PLATFORMS };
}

function objectShown({ name, shape, sentence }: GivenObject): GivenShown {
  const type = typeOfShape(shape) ?? 'object';
  if (typeof shape === 'string' || !('members' in shape)) return { name, type, sentence, on: PLATFORMS };
  const members = Object.entries(shape.members).map(([member, of]) => {
    const known = typeOfShape(of);
    return known === undefined ? { name: member } : { name: member, type: known };
  });
  return { name, type, ...(members.length > 0 ? { members, shape } : {}), ...(shape.open ? { open: true } : {}), sentence, on: PLATFORMS };
}
