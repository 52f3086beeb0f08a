import type { ChannelLimits, Json, NodeProblem } from '../contract/index.js';
import type { MessageParams } from './message.js';

interface DrawnChoice {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** What a channel cannot take of a drawn message. Texts with templates are judged when they are sent: only literal ones are known. */
export function checkMessage(message: MessageParams, limits: ChannelLimits): readonly NodeProblem[] {
  const problems: NodeProblem[] = [];
  const drawn = choicesIn(message);
  const tell = (pointer: string, what: string, hint: string) => problems.push({ pointer, code: 'message/too-long', message: what, hint });
  const longest = (pointer: string, value: Json | undefined, most: number, name: string) => {
    if (typeof value === 'string' && isLiteral(value) && length(value) > most) {
      tell(pointer, `${name} has ${length(value)} characters; the channel takes ${most}`, `Shorten it to ${most} characters.`);
    }
  };
  if (!limits.shows.includes(message.type)) {
    problems.push({
      pointer: '/type',
      code: 'message/not-shown',
      message: `the channel cannot show a message of type "${message.type}"`,
      hint: 'Choose another type.',
    });
  }
  const body = message.type === 'text' ? (drawn ? limits.bodyWithChoices : limits.text) : drawn ? limits.bodyWithChoices : limits.caption;
  if (message.type === 'link') longest('/text', message['text'], limits.link.text, 'the text');
  else
    longest(
      '/text',
      message['text'],
      message.type === 'carousel' ? (limits.carousel?.text ?? limits.text) : body,
      message.type === 'text' ? 'the text' : 'the caption',
    );
  longest('/header', message['header'], limits.header, 'the header');
  longest('/footer', message['footer'], limits.footer, 'the footer');
  longest('/listButton', message['listButton'], limits.list.button, 'the list button');
  longest('/button', message['button'], limits.link.button, 'the button');
  if (drawn) problems.push(...checkChoices(drawn, shownAs(message, drawn, limits), limits));
  return problems;
}

function checkChoices(choices: readonly DrawnChoice[], as: 'buttons' | 'list' | 'text', limits: ChannelLimits): readonly NodeProblem[] {
  if (as === 'text') return repeated(choices);
  const most = as === 'buttons' ? limits.buttons.most : limits.list.most;
  const title = as === 'buttons' ? limits.buttons.title : limits.list.title;
  const problems: NodeProblem[] = [];
  if (choices.length > most) {
    problems.push({
      pointer: '/choices',
      code: 'message/too-many-choices',
      message: `${choices.length} choices; as ${as} the channel takes ${most}`,
      hint: `Keep ${most} of them, or set choicesAs to "auto".`,
    });
  }
  choices.forEach((one, i) => {
    const tooLong = (member: 'title' | 'description', limit: number) => {
      const value = one[member];
      if (value === undefined || !isLiteral(value) || length(value) <= limit) return;
      problems.push({
        pointer: `/choices/${i}/${member}`,
        code: 'message/too-long',
        message: `the ${member} has ${length(value)} characters; the channel takes ${limit}`,
        hint: `Shorten it to ${limit} characters.`,
      });
    };
    tooLong('title', title);
    if (as === 'list') tooLong('description', limits.list.description);
  });
  return [...problems, ...repeated(choices)];
}

function repeated(choices: readonly DrawnChoice[]): readonly NodeProblem[] {
  return (['title', 'id'] as const).flatMap((member) =>
    choices.flatMap((one, i) => {
      const isSecond = isLiteral(one[member]) && choices.findIndex((other) => other[member] === one[member]) < i;
      if (!isSecond) return [];
      return [
        {
          pointer: `/choices/${i}/${member}`,
          code: 'message/repeated-choice',
          message: `two choices have the ${member} "${one[member]}"`,
          hint: `Give each choice a ${member} of its own.`,
        },
      ];
    }),
  );
}

/** How `auto` will be laid out. */
function shownAs(message: MessageParams, choices: readonly DrawnChoice[], limits: ChannelLimits): 'buttons' | 'list' | 'text' {
  const as = message['choicesAs'];
  if (as === 'buttons' || as === 'list' || as === 'text') return as;
  if (choices.length <= limits.buttons.most) return 'buttons';
  return choices.length <= limits.list.most ? 'list' : 'text';
}

/** Only what has the schema's shape: the check also looks at drafts that do not. */
function choicesIn(message: MessageParams): readonly DrawnChoice[] | undefined {
  const choices = message['choices'];
  if (!Array.isArray(choices)) return undefined;
  return choices.filter(
    (one): one is Json & DrawnChoice =>
      one !== null &&
      typeof one === 'object' &&
      'id' in one &&
      typeof one.id === 'string' &&
      'title' in one &&
      typeof one.title === 'string',
  );
}

function isLiteral(text: string): boolean {
  return !text.includes('{{') && !text.includes('{%');
}

function length(text: string): number {
  return [...text].length;
}
