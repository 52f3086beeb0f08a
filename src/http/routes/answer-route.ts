import Joi from 'joi';
import { type AnswerParts, type AnswerRequest, answerPerson } from '../../manage/answer-person.js';
import { answerOf, defineRoute, type Route } from '../route.js';
import { linkTo, named } from '../schemas/named.js';
import { SESSION } from '../schemas/session.js';

const EXAMPLE = { text: 'Your parcel arrives tomorrow.', giveBack: true };

const ANSWER = Joi.object({
  text: Joi.string().max(20_000).description('A text for the person, sent as it is.'),
  message: Joi.object()
    .unknown(true)
    .description(
      'Another message for the person, as in flow files, such as `{ "type": "image", "url": "https://…" }`. It has no templates.',
    ),
  giveBack: Joi.boolean().description('The operator is done: the flow goes on, and gets what the person writes next.'),
  outside: Joi.boolean().description('Write to the person even if no flow has handed them over.'),
  channel: Joi.string()
    .max(64)
    .description(
      'With `outside`: the channel to write on, by default where the person wrote last, or the only one on which they can be reached.',
    ),
  uuid: Joi.string().max(200).description('A repeat of the uuid sends nothing and gets the answer of the first request.'),
})
  .oxor('text', 'message')
  .or('text', 'message', 'giveBack')
  .with('channel', 'outside');

const ANSWERED = named(
  'Answered',
  'What became of the answer of an operator.',
  {
    effect: Joi.string().description('The id of the message. Absent if there was none.'),
    session: linkTo(SESSION).description('The session after the answer.'),
  },
  { effect: 's0m3jx1.5.1' },
).shared(SESSION);

/** What an operator writes to a person who is handed over. */
export function answerRoute(parts: AnswerParts): readonly Route[] {
  return [
    defineRoute<Omit<AnswerRequest, 'id'>>({
      tag: 'Sessions',
      method: 'post',
      path: '/sessions/{id}/answer',
      role: 'editor',
      summary: 'Answer a person who is handed over to an operator',
      description:
        'Sends a message, gives the talk back to the flow, or both. An operator who is too late is refused: the time is up, the talk was given back, or the flow has ended. Then nothing is sent.',
      body: ANSWER,
      example: EXAMPLE,
      answers: { 200: ANSWERED },
      refuses: [
        'session/unknown',
        'operator/not-handed-over',
        'operator/not-sent',
        'send/window-closed',
        'send/opted-out',
        'send/not-subscribed',
        'channel/unknown',
        'contact/no-address',
        'start/no-channel',
        'http/bad-body',
      ],
      statuses: { 'channel/unknown': 422 },
      action: 'session.answer',
      handle: async ({ caller, name, body }) => answerOf(await answerPerson(parts, caller, { ...body, id: name('id') })),
    }),
  ];
}
