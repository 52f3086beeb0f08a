import type { Json } from '../contract/index.js';
import type { Allowance, Steps } from './steps.js';

/** What templates and expressions can use. */
export interface TemplateScope {
  /** Returns a member of `data`. Set if `data` is costly to make: it is then made only for templates that Liquid fills. */
  readonly root?: (name: string) => unknown;
  /** Variables, and beside them `contact`, `channel`, `lastMessage`, `now`, `link`. */
  readonly data: Readonly<Record<string, Json | undefined>>;
  /** ISO time of the event, for `date: 'now'`. */
  readonly now: string;
  readonly timeZone: string;
  /** The language in which the person reads the flow, for names of days and months. Default: English. */
  readonly locale?: string | undefined;
  /** The language of the contact. Numbers such as `1.000` are read by it, or else by `locale`. */
  readonly language?: string | undefined;
  /** The country of the contact's phone number (ISO 3166). National phone numbers are read by it, and dates if no language says how. */
  readonly region?: string | undefined;
  /** The names of variables that keep what a person sent. */
  readonly answers?: ReadonlySet<string>;
  readonly random: () => number;
  readonly warn: (code: string, detail: string) => void;
  /** The steps that are left for all templates of this turn. Shared by its scopes. */
  readonly allowance?: Allowance;
}

/** The context of a filter call. */
export interface FilterFilling {
  readonly scope: FilterScope;
  readonly steps: Steps;
}
/** The members of a scope that filters read. */
export type FilterScope = Pick<TemplateScope, 'now' | 'timeZone' | 'locale' | 'language' | 'region' | 'warn'>;

/** Returns a member of a scope's data; undefined if it has none. Does not make all of the data. */
export function readRoot(scope: TemplateScope, name: string): unknown {
  if (scope.root) return scope.root(name);
  return Object.hasOwn(scope.data, name) ? scope.data[name] : undefined;
}

/** Returns a copy of a scope with other data or another way to warn. */
export function changedScope(scope: TemplateScope, change: Partial<Pick<TemplateScope, 'data' | 'warn'>>): TemplateScope {
  return {
    data: change.data ?? scope.data,
    now: scope.now,
    timeZone: scope.timeZone,
    locale: scope.locale,
    language: scope.language,
    get region() {
      return scope.region;
    },
    random: () => scope.random(),
    warn: change.warn ?? ((code, detail) => scope.warn(code, detail)),
    ...(scope.answers === undefined ? {} : { answers: scope.answers }),
    ...(scope.allowance === undefined ? {} : { allowance: scope.allowance }),
  };
}
