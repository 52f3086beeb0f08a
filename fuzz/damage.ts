import fc from 'fast-check';
import type { Json } from '../src/contract/index.js';
import { oddName, oddText, oddValue } from './odd-values.js';

/** A change to a JSON value. `at` and `other` are numbers that choose a place in any value. */
export type Damage =
  | { readonly do: 'drop' | 'double' | 'retype'; readonly at: number }
  | { readonly do: 'put'; readonly at: number; readonly value: Json }
  | { readonly do: 'reword'; readonly at: number; readonly text: string }
  | { readonly do: 'rename' | 'add'; readonly at: number; readonly name: string; readonly value: Json }
  | { readonly do: 'swap'; readonly at: number; readonly other: number }
  | { readonly do: 'nest' | 'repeat'; readonly at: number; readonly times: number };

const at = fc.nat(100_000);
const some = fc.oneof(
  fc.record({ do: fc.constantFrom('drop' as const, 'double' as const, 'retype' as const), at }),
  fc.record({ do: fc.constant('put' as const), at, value: oddValue }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reword' as const), at, text: oddText }) },
  fc.record({ do: fc.constantFrom('rename' as const, 'add' as const), at, name: oddName, value: oddValue }),
  fc.record({ do: fc.constant('swap' as const), at, other: at }),
  fc.record({ do: fc.constant('nest' as const), at, times: fc.constantFrom(1, 3, 58, 61, 500) }),
  fc.record({ do: fc.constant('repeat' as const), at, times: fc.constantFrom(2, 21, 60, 300) }),
);

/** A few damages, mostly: a value with many is refused because of the first. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: fc.array(some, { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.array(some, { maxLength: 8 }) },
);

/** The maximum number of members of the whole value after repeats: repeats of repeats would take longer to copy than any flow takes to check. */
const ROOM = 20_000;

type Holder = Record<string, Json> | Json[];
/** A member of an object or a list. */
interface Place {
  readonly holder: Holder;
  readonly key: string | number;
}

/** Returns a copy of a value with all damages, in order. */
export function damaged(sound: Json, all: readonly Damage[]): Json {
  const root: Json[] = [JSON.parse(JSON.stringify(sound)) as Json];
  for (const damage of all) harm(root, damage);
  return root[0] ?? null;
}

function harm(root: Json[], damage: Damage): void {
  const places = placesIn(root);
  const place = places[damage.at % Math.max(places.length, 1)];
  if (!place) return;
  const { holder, key } = place;
  const value = read(place);
  switch (damage.do) {
    case 'drop':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      return;
    case 'double':
      if (Array.isArray(holder)) holder.splice(Number(key), 0, copy(value));
      else write({ holder, key: `${key}2` }, copy(value));
      return;
    case 'retype':
      write(place, retyped(value));
      return;
    case 'put':
      write(place, copy(damage.value));
      return;
    case 'reword': {
      const texts = places.filter((one) => typeof read(one) === 'string');
      const chosen = texts[damage.at % Math.max(texts.length, 1)];
      if (chosen) write(chosen, damage.text);
      return;
    }
    case 'rename':
      if (Array.isArray(holder)) return;
      Reflect.deleteProperty(holder, key);
      write({ holder, key: damage.name }, value);
      return;
    case 'add':
      if (value !== null && typeof value === 'object')
        write({ holder: value as Holder, key: Array.isArray(value) ? value.length : damage.name }, copy(damage.value));
      return;
    case 'swap': {
      const other = places[damage.other % places.length];
      if (!other) return;
      const [mine, theirs] = [copy(value), copy(read(other))];
      write(place, theirs);
      write(other, mine);
      return;
    }
    case 'nest': {
      let nested = value;
      for (let i = 0; i < damage.times; i += 1) nested = i % 2 === 0 ? [nested] : { not: nested };
      write(place, nested);
      return;
    }
    case 'repeat': {
      const times = Math.min(damage.times, Math.floor((ROOM - places.length) / placesIn([value]).length));
      if (Array.isArray(holder) && holder.length < 1_000) for (let i = 0; i < times; i += 1) holder.push(copy(value));
      else write(place, typeof value === 'string' ? value.repeat(damage.times).slice(0, 100_000) : value);
      return;
    }
  }
}

function placesIn(root: Json[]): readonly Place[] {
  const found: Place[] = [];
  const open: Holder[] = [root];
  for (let holder = open.pop(); holder; holder = open.pop()) {
    for (const [key, value] of Object.entries(holder)) {
      found.push({ holder, key });
      if (value !== null && typeof value === 'object') open.push(value as Holder);
    }
  }
  return found;
}

function read({ holder, key }: Place): Json {
  return (holder as Record<string | number, Json>)[key] ?? null;
}

/** Sets a member as JSON.parse does: `__proto__` becomes an ordinary member. */
function write({ holder, key }: Place, value: Json): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function copy(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Returns the value with another type, as hand-written files often have it. */
function retyped(value: Json): Json {
  if (typeof value === 'string') return value.length % 2 === 0 ? [value] : value.length;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 1 : 'false';
  if (Array.isArray(value)) return value.length % 2 === 0 ? ({ ...value } as Json) : (value[0] ?? null);
  return value === null ? {} : [value];
}
