import type { ChannelLimits, ChoicesShown, NodeProblem } from '../contract/index.js';
import { alikeTitles, isNumberTitle } from '../text/choose-typed.js';
import { lengthOf } from '../text/cut-text.js';
import { isLiteral } from './message-files.js';

/** A choice in a flow file. */
export interface DrawnChoice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** Returns what is wrong with choices that are shown in this way: too many, too long, or equal when they are typed. */
export function checkChoices(choices: readonly DrawnChoice[], as: ChoicesShown, limits: ChannelLimits): readonly NodeProblem[] {
  if (as === 'text') return [...repeated(choices), ...alike(choices), ...numberTitles(choices)];
  const most = as === 'buttons' ? limits.buttons.max : limits.list.max;
  const title = as === 'buttons' ? limits.buttons.title : limits.list.title;
  const problems: NodeProblem[] = [];
  if (choices.length > most) {
    problems.push({
      pointer: '/choices',
      code: 'message/too-many-choices',
      message: `there are ${choices.length} choices; the channel shows at most ${most} as ${as}`,
      hint: `Remove some, or set "choicesAs" to "auto".`,
    });
  }
  choices.forEach((one, i) => {
    const tooLong = (member: 'id' | 'title' | 'description', limit: number) => {
      const value = one[member];
      if (value === undefined || !isLiteral(value) || lengthOf(value) <= limit) return;
      problems.push({
        pointer: `/choices/${i}/${member}`,
        code: 'message/too-long',
        message: `the ${member} has ${lengthOf(value)} characters; the channel accepts at most ${limit}`,
        hint: `Shorten it to ${limit} characters.`,
      });
    };
    tooLong('id', as === 'buttons' ? limits.buttons.id : limits.list.id);
    tooLong('title', title);
    const described = as === 'list' ? limits.list.description : limits.buttons.description;
    if (described !== undefined) tooLong('description', described);
    else if (one.description !== undefined)
      problems.push({
        pointer: `/choices/${i}/description`,
        code: 'message/no-description',
        message: 'descriptions are not shown on buttons',
        hint: 'Set "choicesAs" to "list" or "auto", or remove the description.',
        severity: 'warning',
      });
  });
  return [...problems, ...repeated(choices), ...alike(choices)];
}

function repeated(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  return (['title', 'id'] as const).flatMap((member) => {
    const seen = new Set<string>();
    return choices.flatMap((one, i) => {
      const isSecond = isLiteral(one[member]) && seen.has(one[member]);
      seen.add(one[member]);
      if (!isSecond) return [];
      return [
        {
          pointer: `/choices/${i}/${member}`,
          code: 'message/repeated-choice',
          message: `two choices have the ${member} "${one[member]}"`,
          hint: `Give each choice a ${member} of its own.`,
        },
      ];
    });
  });
}

/** Warns of titles that differ only in accents, punctuation and emoji. People leave those out when they type, so the answer would be ambiguous. */
function alike(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  const titles = choices.map(({ title }) => title);
  return alikeTitles(titles).flatMap(({ index, first }) => {
    const [title = '', other = ''] = [titles[index], titles[first]];
    if (title === other || !isLiteral(title) || !isLiteral(other)) return [];
    return [
      {
        pointer: `/choices/${index}/title`,
        code: 'message/alike-choices',
        message: `"${title}" and "${other}" differ only in accents, punctuation or emoji, which people leave out when they type: such an answer chooses neither`,
        hint: 'Use titles with different letters or digits.',
        severity: 'warning' as const,
      },
    ];
  });
}

/** Warns of titles that are numbers. Numbers in front of "2 / 4 / 6" would be ambiguous: "2" would mean the second line and the choice "2". */
function numberTitles(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  const index = choices.findIndex(({ title }) => isLiteral(title) && isNumberTitle(title));
  if (index < 0) return [];
  return [
    {
      pointer: `/choices/${index}/title`,
      code: 'message/number-title',
      message: `"${choices[index]?.title}" is a number, so the choices are shown without numbers in front of them`,
      hint: 'Add a word to the titles, as in "2 people", or show them as buttons or a list.',
      severity: 'warning',
    },
  ];
}
