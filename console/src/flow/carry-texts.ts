import type { FlowNode } from '../../../src/contract/flow.js';
import { ownMember, partsOfPointer, pointerOf } from '../../../src/contract/json/json-pointer.js';
import type { JsonObject } from '../../../src/contract/json.js';

/**
 * Returns the node with new params, and its translations at the places where the texts are now: members of lists can have moved, and the
 * translations of a removed member go with it.
 */
export function withTextsCarried(node: FlowNode, params: JsonObject): FlowNode {
  if (!node.locales) return { ...node, params };
  const locales = Object.entries(node.locales).map(([language, texts]) => {
    const carried = Object.entries(texts).flatMap(([pointer, text]) => {
      const path = carriedPath(partsOfPointer(pointer), { was: node.params, is: params });
      return path ? [[pointerOf(path), text] as const] : [];
    });
    const isUnchanged = carried.length === Object.keys(texts).length && carried.every(([pointer]) => Object.hasOwn(texts, pointer));
    return [language, isUnchanged ? texts : Object.fromEntries(carried)] as const;
  });
  const isUnchanged = locales.every(([language, texts]) => texts === node.locales?.[language]);
  return isUnchanged ? { ...node, params } : { ...node, params, locales: Object.fromEntries(locales) };
}

/** Returns where a text is now, or undefined if it was in a member of a list that is gone. */
function carriedPath(
  [first, ...rest]: readonly string[],
  { was, is }: { readonly was: unknown; readonly is: unknown },
): readonly string[] | undefined {
  if (first === undefined) return [];
  const part = Array.isArray(was) && Array.isArray(is) ? carriedIndex(Number(first), { was, is }) : first;
  const onward = part === undefined ? undefined : carriedPath(rest, { was: ownMember(was, first), is: ownMember(is, part) });
  return part !== undefined && onward ? [part, ...onward] : undefined;
}

/** A member that has moved is the same object as before; one that was changed is where it was, if none was added or removed. */
function carriedIndex(
  index: number,
  { was, is }: { readonly was: readonly unknown[]; readonly is: readonly unknown[] },
): string | undefined {
  const member = was[index];
  const found = is[index] === member ? index : is.indexOf(member);
  if (found >= 0) return String(found);
  return was.length === is.length ? String(index) : undefined;
}
