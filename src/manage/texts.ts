import { isRefused, type Refusal } from '../contract/host/index.js';
import type { Problem } from '../contract/index.js';
import { surveyFlow } from '../flow/check.js';
import { readLanguage } from '../text/read-language.js';
import { flowTexts, ownLanguage } from '../texts/flow-texts.js';
import { putTexts } from '../texts/put-texts.js';
import type { TextItem, TextProblem, TranslatedText } from '../texts/translation.js';
import type { Caller } from './caller.js';
import { type DraftParts, draftConflict } from './drafts.js';
import { knownFlow, noFlow } from './known-flow.js';
import type { Outcome } from './outcome.js';

/** Which translation of which flow. */
export interface TextsOf {
  readonly code: string;
  /** A language tag as somebody has typed it. */
  readonly locale: string;
}

/** The texts of a draft with their translations into one language. */
export interface ListedTexts {
  readonly revision: number;
  readonly locale: string;
  /** The language of the flow, if its settings name one. */
  readonly from?: string;
  readonly items: readonly TextItem[];
}

/** Lists the texts of the draft of a flow with their translations into a language. */
export async function listTexts(parts: DraftParts, _caller: Caller, { code, locale: given }: TextsOf): Promise<Outcome<ListedTexts>> {
  const locale = languageOf(given);
  if (isRefused(locale)) return locale;
  const flow = await knownFlow(parts, code);
  if (isRefused(flow)) return flow;
  const { revision, definition } = flow.draft;
  const from = definition.settings?.locale;
  const items = flowTexts({ definition, language: locale }, parts.nodeTypes);
  return { done: { revision, locale, ...(from === undefined ? {} : { from }), items } };
}

export interface TextsToSave extends TextsOf {
  readonly texts: readonly TranslatedText[];
  /** The language that the file itself names. */
  readonly language?: string;
  /** The revision of the draft that was read. Without one the translations go into the newest draft. */
  readonly revision?: number | undefined;
}

export interface SavedTexts {
  readonly revision: number;
  readonly locale: string;
  readonly changed: number;
  readonly removed: number;
  readonly unchanged: number;
  readonly unknown: readonly string[];
  readonly outdated: readonly string[];
  readonly problems: readonly Problem[];
}

/** Somebody may save the draft meanwhile; the translations are then put into theirs. */
const MAX_TRIES = 5;

/** Puts translations into the newest draft of a flow. Other changes of the draft stay. */
export async function saveTexts(parts: DraftParts, caller: Caller, input: TextsToSave): Promise<Outcome<SavedTexts>> {
  const { code, texts, revision: wanted } = input;
  const { store, clock, nodeTypes, checkWorld } = parts;
  const locale = targetOf(input);
  if (isRefused(locale)) return locale;
  for (let tries = 1; ; tries += 1) {
    const flow = await knownFlow(parts, code);
    if (isRefused(flow)) return flow;
    const { definition: before, ...draft } = flow.draft;
    if (wanted !== undefined && wanted !== draft.revision) return draftConflict(draft);
    const own = ownLanguage({ definition: before, language: locale });
    if (own) return refusedLanguage({ code: 'texts/own-language', ...own });
    const { definition, ...counts } = putTexts({ definition: before, language: locale, texts }, nodeTypes);
    const { problems } = surveyFlow(definition, checkWorld(flow.channels));
    const done = (revision: number): SavedTexts => ({ revision, locale, ...counts, problems });
    if (definition === before) return { done: done(draft.revision) };
    const answer = await store.flows.saveDraft(code, { definition, base: draft.revision, at: clock.now(), by: caller.name });
    if (!answer) return noFlow(code);
    if (!answer.saved && (wanted !== undefined || tries >= MAX_TRIES)) return draftConflict(answer);
    if (answer.saved)
      return {
        done: done(answer.revision),
        changed: {
          action: 'texts.save',
          target: `flow:${code}`,
          before: { draft: draft.revision },
          after: { draft: answer.revision, locale, changed: counts.changed, removed: counts.removed },
        },
      };
  }
}

/** Returns the language of a translation; a file for another one is refused. */
function targetOf({ locale: given, language }: Pick<TextsToSave, 'locale' | 'language'>): string | Refusal {
  const locale = languageOf(given);
  if (isRefused(locale) || language === undefined || readLanguage(language) === locale) return locale;
  const place = {
    place: 'the file',
    code: 'texts/other-language',
    hint: `Import it into "${language}", or export the texts for "${locale}" again.`,
  };
  return unreadableTexts([{ ...place, message: `the target language of the file is "${language}", not "${locale}"` }]);
}

function languageOf(given: string): string | Refusal {
  const locale = readLanguage(given);
  if (locale !== undefined) return locale;
  return refusedLanguage({
    code: 'flow/bad-language',
    message: `"${given.slice(0, 40)}" is not a language tag`,
    hint: 'Use the code of the language, such as de, pt-BR or zh-Hant.',
  });
}

function refusedLanguage(problem: { readonly code: string; readonly message: string; readonly hint: string }): Refusal {
  return { refused: 'http/bad-query', problems: [{ pointer: '/locale', ...problem, severity: 'error' }] };
}

/** Refuses a file of translations that cannot be read as a whole. */
export function unreadableTexts(problems: readonly TextProblem[]): Refusal {
  return {
    refused: 'texts/unreadable',
    problems: problems.map(({ place, code, message, hint }) => ({
      pointer: '',
      code,
      message: `${place}: ${message}`,
      hint,
      severity: 'error',
    })),
  };
}
