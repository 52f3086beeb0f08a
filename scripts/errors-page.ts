import { PROBLEM_CODES, REFUSALS } from '../src/contract/host/index.js';
import { PROBLEM_MENDS } from '../src/contract/host/problem-mends.js';

/** A code with its cause and what to do about it. */
export interface DescribedCode {
  readonly code: string;
  readonly cause: string;
  readonly mend: string;
  readonly status?: number;
}

const STATUSES: Readonly<Record<string, { readonly status: number }>> = REFUSALS;

/** Returns every code in order. `mend` is empty if nothing says what to do: neither the table, nor further sentences of the meaning. */
export function describeCodes(): readonly DescribedCode[] {
  return Object.entries(PROBLEM_CODES)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, sentence]) => {
      const end = /[.:] (?=[A-Z`])/.exec(sentence);
      const own = PROBLEM_MENDS[code];
      const status = STATUSES[code]?.status;
      return {
        code,
        ...(own === undefined && end
          ? { cause: sentence.slice(0, end.index + 1), mend: sentence.slice(end.index + 2) }
          : { cause: sentence, mend: own ?? '' }),
        ...(status === undefined ? {} : { status }),
      };
    });
}

/** Returns the page with a section for each code. */
export function errorsPage(made: string): string {
  const all = describeCodes();
  const areas = [...new Set(all.map(({ code }) => code.split('/')[0] ?? ''))];
  const sections = areas.map((area) => {
    const codes = all.filter(({ code }) => code.startsWith(`${area}/`)).map(sectionOf);
    return `\n## ${area}\n${codes.join('')}`;
  });
  return `${made}\n# Codes of problems, warnings and failures\n\nProblems of a flow file, refusals of the API, warnings and failures in the turn log: each has one of these codes. \`type\` of a refusal names it, as in\n\`…/docs/errors#flow-unknown\`.\n\n${areas.map((area) => `[${area}](#${area})`).join(' · ')}\n${sections.join('')}`;
}

function sectionOf({ code, cause, mend, status }: DescribedCode): string {
  const refused = status === undefined ? '' : ` The API answers with status ${status}.`;
  return `\n<a id="${code.replace('/', '-')}"></a>\n\n### \`${code}\`\n\n${cause}${refused}\n\n**What to do.** ${mend}\n`;
}
