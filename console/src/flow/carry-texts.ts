import type { FlowNode, Locales } from '../../../src/contract/flow.js';
import { ownMember, partsOfPointer, pointerOf, valueAt } from '../../../src/contract/json/json-pointer.js';
import type { JsonObject } from '../../../src/contract/json.js';

/**
 * Returns the node with new params, and its translations at the places where the texts are now: members of lists can have moved, and the
 * translations of a removed member go with it. A translation whose text has changed is marked by the text that was translated.
 */
export function withTextsCarried(node: FlowNode, params: JsonObject): FlowNode {
  const { locales, translatedFrom } = node;
  if (!locales) return { ...node, params };
  const change = { was: node.params, is: params };
  const carried = carriedLocales(locales, change);
  const sources = withOldTexts(locales, translatedFrom ?? {}, change);
  const from = carriedLocales(sources, change);
  return { ...node, params, locales: carried, ...(Object.keys(from).length > 0 ? { translatedFrom: from } : {}) };
}

interface ParamsChange {
  readonly was: JsonObject;
  readonly is: JsonObject;
}

/** Returns the texts at the places where they are now; the same object if all are where they were. */
function carriedLocales(locales: Locales, change: ParamsChange): Locales {
  const carried = Object.entries(locales).map(([language, texts]) => {
    const moved = Object.entries(texts).flatMap(([pointer, text]) => {
      const path = carriedPath(partsOfPointer(pointer), change);
      return path ? [[pointerOf(path), text] as const] : [];
    });
    const isUnchanged = moved.length === Object.keys(texts).length && moved.every(([pointer]) => Object.hasOwn(texts, pointer));
    return [language, isUnchanged ? texts : Object.fromEntries(moved)] as const;
  });
  return carried.every(([language, texts]) => texts === locales[language]) ? locales : Object.fromEntries(carried);
}

/** Adds the old text for each translation whose text has changed, unless the text that was translated is known. */
function withOldTexts(locales: Locales, known: Locales, { was, is }: ParamsChange): Locales {
  const added = Object.entries(locales).flatMap(([language, texts]) => {
    const old = Object.keys(texts).flatMap((pointer) => {
      const path = carriedPath(partsOfPointer(pointer), { was, is });
      const [before, after] = [valueAt(was, pointer), path && valueAt(is, pointerOf(path))];
      const isChanged = typeof before === 'string' && typeof after === 'string' && before !== after;
      return isChanged && known[language]?.[pointer] === undefined ? [[pointer, before] as const] : [];
    });
    return old.length > 0 ? [[language, { ...known[language], ...Object.fromEntries(old) }] as const] : [];
  });
  return added.length > 0 ? { ...known, ...Object.fromEntries(added) } : known;
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
