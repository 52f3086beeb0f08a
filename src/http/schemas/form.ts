import Joi from 'joi';
import { linkTo, listOf, named } from './named.js';
import { SHAPE, shape } from './shape.js';

const yes = Joi.boolean().valid(true);
const title = Joi.string().required();

const FIELD_GROUP = Joi.object({
  kind: Joi.string().valid('or', 'xor', 'and', 'nand', 'oxor').required(),
  members: Joi.array().items(Joi.string()).required(),
}).description('Members that belong together. or: at least one; xor: exactly one; oxor: at most one; and: all or none; nand: not all.');
const FIELD_WHEN = Joi.object({
  pointer: Joi.string().required().description('JSON Pointer from the object. A member without a value has its default.'),
  is: Joi.array().items(Joi.any()).description('The values of which it must have one; any value if absent.'),
  not: yes.description('The condition is true if it has none of these values; without `is`, if it has no value.'),
});
const value = Joi.object({ value: Joi.any().required(), title });
const fields = Joi.array().items(Joi.object({ name: Joi.string().required(), field: Joi.link('#Field').required() }));

const FIELD = named(
  'Field',
  'A field of a form, as src/contract/form.ts explains it. Absent members are false or unlimited.',
  {
    kind: Joi.string()
      .valid(
        ...['text', 'sealed', 'expression', 'result', 'regex', 'variable', 'flow', 'channel', 'json', 'any', 'string', 'number', 'boolean'],
        ...['choice', 'duration', 'object', 'list', 'map', 'condition', 'alternatives'],
      )
      .required()
      .description('What the field holds.'),
    label: Joi.string(),
    sentence: Joi.string(),
    required: yes,
    default: Joi.any().description('The value that is used if there is none.'),
    example: Joi.any().description('A value to show while there is none.'),
    more: yes.description('A form hides the field behind "more" until it has a value.'),
    control: Joi.string().description('The name of a control that draws the field. A form that does not know it draws the kind.'),
    when: Joi.array().items(FIELD_WHEN).description('All of these must be true, else the field has no place.'),
    values: Joi.array().items(value).description('The only values of a choice; for a string values to suggest.'),
    min: Joi.number().description('Of a number, or of a length; in `unit` for a duration. A text may be empty only if it is 0.'),
    max: Joi.number(),
    moreThan: Joi.number(),
    lessThan: Joi.number(),
    integer: yes,
    unit: Joi.string().description('The unit of a number, in the plural.'),
    rows: Joi.number().integer().description('How many lines a text usually has; one if absent.'),
    pattern: Joi.string().description('The source of a regular expression that the text must match, or the names in a map.'),
    address: yes.description('The text is the address of a page or a file.'),
    translatable: yes.description('People read the text, so that it is translated: see `locales` of a node.'),
    ofItem: yes.description('The text is filled for each member of a list, which it reads as `item`.'),
    sealed: yes.description('Texts in the JSON may contain {{ secrets.NAME }}.'),
    fields: fields.description('The members of an object, in order.'),
    variants: Joi.object({
      by: Joi.string().required().description('The name of the field that decides.'),
      cases: Joi.array()
        .items(value.keys({ fields: fields.required(), groups: Joi.array().items(FIELD_GROUP) }))
        .required(),
    }).description('Further members of an object, which depend on the value of one of its fields.'),
    item: Joi.link('#Field').description('A member of a list, a value of a map.'),
    unique: yes.description('The members of the list must be different.'),
    anyOf: Joi.array().items(Joi.link('#Field')).description('What the value of alternatives can be.'),
    groups: Joi.array().items(FIELD_GROUP),
  },
  { kind: 'text', label: 'Text', sentence: 'What the person reads.', required: true, rows: 4 },
);

const pointer = Joi.string().description('JSON Pointer into the params.');
const pointers = Joi.alternatives(pointer, Joi.array().items(pointer));
const PORT_RULE = named(
  'PortRule',
  'Gives a node one port, or one for each member of a list in its params.',
  {
    each: pointer.description(
      'For a port for each member of a list: where the list is. `name` and `title` are pointers into a member then.',
    ),
    name: Joi.string().required(),
    title: Joi.string(),
    titleAt: pointer.description('A text that is shown instead of `title`, if there is one.'),
    kind: Joi.string().valid('way', 'failure', 'time').description('Why the node is left by the port; `way` if absent.'),
    when: pointers.description('The port exists only if there is a value at each of them that is not false, 0 or empty.'),
    unless: pointers.description('The port does not exist if there is such a value at one of them.'),
    where: Joi.array()
      .items(
        Joi.object({
          pointer: pointer.required(),
          is: Joi.array()
            .items(Joi.any())
            .description('The values of which it must have one; any value but false, 0 and an empty text if absent.'),
        }),
      )
      .description('For a port for each member of a list: the ports exist only if all of these are true.'),
    optional: yes.description('The list may be left out; then it gives no ports.'),
  },
  { name: 'notReplied', title: 'Not replied', kind: 'time', when: '/timeoutBranch' },
);

const NODE_TYPE = named(
  'NodeType',
  'A node type: what an editor needs to offer it, to draw its nodes and to fill in their params.',
  {
    type: Joi.string().required(),
    version: Joi.number().integer().required(),
    title,
    sentence: Joi.string().required().description('What it does.'),
    words: Joi.array().items(Joi.string()).required().description('Further words to find it by.'),
    group: Joi.string().valid('messaging', 'core', 'intelligence', 'contact').required(),
    icon: Joi.string().required().description('The name of an icon of https://tabler.io/icons.'),
    ports: Joi.array().items(linkTo(PORT_RULE)).required().description('The ways out, the main one first.'),
    blank: Joi.object({ params: Joi.object().unknown(true).required() })
      .required()
      .description('What a new node has.'),
    summary: Joi.array().items(pointer).required().description('The params that a node shows of itself, the most important first.'),
    startsFlow: yes.description('Every flow has exactly one such node.'),
    endsFlow: yes.description('Every flow has such a node.'),
    form: linkTo(FIELD).required().description('The params as a form.'),
    schema: Joi.object().unknown(true).description('The params as JSON Schema 2020-12, if `schema=true` asks for it.'),
  },
  {
    type: 'jump',
    version: 1,
    title: 'Jump',
    sentence: 'Leads back a limited number of times, then goes on.',
    words: ['loop', 'repeat'],
    group: 'core',
    icon: 'corner-down-right',
    ports: [
      { name: 'jump', title: 'Jump' },
      { name: 'next', title: 'Limit reached' },
    ],
    blank: { params: { limit: 1 } },
    summary: ['/limit'],
    form: {
      kind: 'object',
      fields: [{ name: 'limit', field: { kind: 'number', label: 'Limit', default: 1, min: 1, max: 1000, integer: true, unit: 'times' } }],
    },
  },
)
  .shared(FIELD)
  .shared(PORT_RULE);
export const NODE_TYPES = listOf(NODE_TYPE, FIELD, PORT_RULE);

export const FLOW_FORM = named(
  'FlowForm',
  'The forms of what a flow has beside its nodes.',
  {
    triggers: Joi.object()
      .pattern(Joi.string(), linkTo(FIELD))
      .required()
      .description('By `type`: label and sentence of a trigger, and its members without `type`.'),
    variable: linkTo(FIELD).required().description('A declared variable.'),
    settings: linkTo(FIELD).required(),
  },
  {
    triggers: { TriggeredByFlow: { kind: 'object', label: 'By another flow', fields: [] } },
    variable: { kind: 'object', fields: [{ name: 'name', field: { kind: 'variable', label: 'Name', required: true } }] },
    settings: { kind: 'object', fields: [] },
  },
).shared(FIELD);

const count = Joi.number().integer().min(0);
const counts = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, count.required()]));
const file = Joi.object({
  endings: Joi.array().items(Joi.string()),
  forbidden: Joi.array().items(Joi.string()).description('Endings that the file must not have.'),
  bytes: count.description('Its size at most.'),
  seconds: count.description('Its length at most.'),
});
const LIMITS = {
  ...{ text: 4096, caption: 1024, bodyWithChoices: 1024, header: 60, footer: 60, windowHours: 24 },
  buttons: { max: 3, title: 20, id: 256 },
  list: { max: 10, title: 24, description: 72, id: 200, button: 20 },
  link: { button: 20, text: 1024 },
  shows: ['text', 'image'],
  pace: { perSecond: 80 },
};

const CHANNEL_LIMITS = named(
  'ChannelLimits',
  'What a channel can show and take, as src/contract/channel-adapter.ts explains it. Lengths are in characters.',
  {
    ...counts('text', 'caption', 'bodyWithChoices', 'header', 'footer'),
    buttons: Joi.object({ ...counts('max', 'title', 'id'), description: count }).required(),
    list: Joi.object({ ...counts('max', 'title', 'description', 'id', 'button'), body: count }).required(),
    link: Joi.object(counts('button', 'text')).required(),
    mixesLinks: yes.description('One message may have buttons that open an address next to buttons that answer.'),
    carousel: Joi.object(counts('min', 'max', 'text', 'cardText')).description('Absent if there are no carousels.'),
    address: count.description('The length of the address of a file or page.'),
    request: count.description('The bytes of one request.'),
    files: Joi.object({ image: file, video: file, document: file }).description('Files that are not like this are sent as a link.'),
    shows: Joi.array().items(Joi.string()).required().description('The types of messages that it can show.'),
    windowHours: Joi.number()
      .positive()
      .description('Hours after the last message of the person in which anything but a template may be sent.'),
    pace: Joi.object({
      perSecond: Joi.number().positive().required(),
      pair: Joi.object(counts('burst', 'everyMillis')),
    }).required(),
  },
  LIMITS,
).unknown(true);

const ADAPTER = named(
  'Adapter',
  'A provider that channels can use.',
  {
    type: Joi.string().required().description('The `adapter` of channels.'),
    platform: Joi.string().valid('whatsapp', 'viber').required(),
    title,
    form: linkTo(FIELD).required().description('The settings of a channel.'),
    secrets: Joi.array().items(Joi.string()).required().description('The settings that are never shown.'),
    limits: linkTo(CHANNEL_LIMITS).required(),
    replacesButtons: yes.description('Every message replaces the buttons of the one before.'),
  },
  {
    type: 'viber',
    platform: 'viber',
    title: 'Viber (REST Bot API)',
    form: {
      kind: 'object',
      fields: [{ name: 'authToken', field: { kind: 'string', label: 'Authentication token', required: true, control: 'secret' } }],
    },
    secrets: ['authToken'],
    limits: LIMITS,
  },
)
  .shared(FIELD)
  .shared(CHANNEL_LIMITS);
export const ADAPTERS = listOf(ADAPTER, FIELD, CHANNEL_LIMITS);

const type = Joi.string().valid('text', 'number', 'boolean', 'date', 'list', 'object');

export const VERSIONED_PARAMS = named(
  'VersionedParams',
  'The params of a node, and the version of its type that they are for.',
  {
    version: Joi.number().integer().min(1).required(),
    params: Joi.object().unknown(true).required(),
  },
  { version: 2, params: { branches: [{ name: 'yes', when: { variable: 'answer', operator: 'stringEquals', value: 'yes' } }] } },
);

export const FLOW_LANGUAGE = named(
  'FlowLanguage',
  'What templates, expressions and conditions can use in any flow.',
  {
    given: Joi.array()
      .items(
        Joi.object({
          name: Joi.string().required(),
          type: type.required(),
          members: Joi.array().items(Joi.object({ name: Joi.string().required(), type })),
          open: yes.description('It may have members of other names.'),
          shape: shape.description('What is in an object or a list, at all depths.'),
          sentence: Joi.string().required(),
          on: Joi.array().items(Joi.string()).required().description('The platforms on which it has a value.'),
        }),
      )
      .required()
      .description('Variables and objects that flows have without setting them.'),
    filters: Joi.array()
      .items(
        Joi.object({
          name: Joi.string().required(),
          of: type.allow('any').required().description('The type of values that it is for.'),
          sentence: Joi.string().required(),
          example: Joi.string().required(),
          result: Joi.string().required().description('What the example shows.'),
        }),
      )
      .required(),
    operators: Joi.array()
      .items(
        Joi.object({
          name: Joi.string().required(),
          title: title.description('Read between the two sides of a rule.'),
          of: type.allow('any').required().description('The type of values that it compares.'),
          takes: Joi.string()
            .valid('value', 'nothing', 'range', 'list', 'words', 'regex', 'hours')
            .required()
            .description('What stands on the right side.'),
        }),
      )
      .required(),
  },
  {
    given: [
      { name: 'customerName', type: 'text', sentence: 'The name that the person has given to the provider.', on: ['whatsapp', 'viber'] },
    ],
    filters: [{ name: 'upcase', of: 'text', sentence: 'Makes all letters large.', example: '"Ada" | upcase', result: 'ADA' }],
    operators: [{ name: 'numberGreaterThan', title: 'is more than', of: 'number', takes: 'value' }],
  },
).shared(SHAPE);
