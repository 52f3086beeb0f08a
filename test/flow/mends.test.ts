import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { adapters } from '../../adapters/index.js';
import { plugins } from '../../plugins/all.js';
import { mendFlow } from '../../src/cli/mend-flow.js';
import { channelLimits } from '../../src/flow/channel-limits.js';
import { checkFlow, errorsOf } from '../../src/flow/check.js';
import { createNodeTypes } from '../../src/flow/node-types.js';

// biome-ignore lint/suspicious/noExplicitAny: the cases damage a flow file wherever they like.
type File = any;

const world = { nodeTypes: createNodeTypes(plugins), limits: channelLimits({ bound: adapters, loaded: adapters }) };
const problemsOf = (flow: unknown) => checkFlow(flow, world);
const template = (name: string): File => JSON.parse(readFileSync(`templates/${name}.json`, 'utf8'));
const nodeOf = (flow: File, id: string): File => flow.nodes.find((one: File) => one.id === id);
const edgeOf = (flow: File, from: string, port: string): File => flow.edges.find((one: File) => one.from === from && one.port === port);
/** Gives a member of an object another name. */
const rename = (object: File, from: string, to: string) => {
  object[to] = object[from];
  delete object[from];
};

interface Case {
  readonly mistake: string;
  readonly of: string;
  readonly make: (flow: File) => void;
  /**
   * `same`: the mended flow is the template again. `clean`: it has no error, but the mistake has lost something, such as the place of a node.
   * `no`: only the author knows what is meant, so nothing is offered.
   */
  readonly mended: 'same' | 'clean' | 'no';
}

/** Flows with one mistake each, as people and language models make them. */
const CASES: readonly Case[] = [
  { mistake: 'a misspelt node type', of: 'welcome', mended: 'same', make: (flow) => (nodeOf(flow, 'name').type = 'wait_for_respone') },
  {
    mistake: 'the name of another tool for a node type',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'which').type = 'condition'),
  },
  { mistake: 'edges as canvases write them', of: 'welcome', mended: 'same', make: (flow) => flow.edges.forEach(asOnCanvas) },
  { mistake: 'a misspelt id in an edge', of: 'welcome', mended: 'same', make: (flow) => (edgeOf(flow, 'start', 'next').to = 'gret') },
  {
    mistake: 'the name of a node instead of its id',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (edgeOf(flow, 'start', 'next').to = 'Ask the name'),
  },
  {
    mistake: 'the port "next" of a node that has none',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (edgeOf(flow, 'name', 'replied').port = 'next'),
  },
  {
    mistake: 'the port "timeout"',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (edgeOf(flow, 'name', 'notReplied').port = 'timeout'),
  },
  {
    mistake: 'the port "default" of a branch',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (edgeOf(flow, 'which', 'else').port = 'default'),
  },
  { mistake: 'edges without ports', of: 'welcome', mended: 'same', make: (flow) => delete edgeOf(flow, 'greet', 'next').port },
  {
    mistake: 'a port that a param has to switch on',
    of: 'welcome',
    mended: 'same',
    make: (flow) => delete nodeOf(flow, 'name').params.timeoutBranch,
  },
  {
    mistake: 'a node without params whose port has to be switched on',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => delete nodeOf(flow, 'name').params,
  },
  { mistake: 'no version of the format', of: 'welcome', mended: 'same', make: (flow) => delete flow.format },
  { mistake: 'an older format', of: 'welcome', mended: 'same', make: (flow) => (flow.format = '1.0') },
  { mistake: 'a code with capitals and blanks', of: 'welcome', mended: 'same', make: (flow) => (flow.code = 'Welcome!') },
  {
    mistake: 'a length of time as a text',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'name').params.timeout = '10m'),
  },
  {
    mistake: 'a length of time in seconds',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'name').params.timeout = 600),
  },
  {
    mistake: 'a length of time in the singular',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'name').params.timeout.unit = 'minute'),
  },
  {
    mistake: 'a length of time as { minutes }',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'name').params.timeout = { minutes: 10 }),
  },
  {
    mistake: '"buttons" for choices',
    of: 'welcome',
    mended: 'same',
    make: (flow) => rename(nodeOf(flow, 'offer').params.message, 'choices', 'buttons'),
  },
  {
    mistake: 'choices as texts',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'offer').params.message.choices = ['Draw a flow', 'Read the code', 'Just looking']),
  },
  {
    mistake: '"label" for the title of a choice',
    of: 'welcome',
    mended: 'same',
    make: (flow) => rename(nodeOf(flow, 'offer').params.message.choices[1], 'title', 'label'),
  },
  { mistake: 'a message without its type', of: 'welcome', mended: 'same', make: (flow) => delete nodeOf(flow, 'late').params.message.type },
  {
    mistake: 'a message as a text',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'late').params.message = nodeOf(flow, 'late').params.message.text),
  },
  {
    mistake: 'an operator of another tool',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'which').params.branches[0].when.operator = 'equals'),
  },
  {
    mistake: 'the variable of a rule in braces',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'which').params.branches[1].when.variable = '{{ lastMessage.choice }}'),
  },
  {
    mistake: 'the name of a variable in braces',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'interest').params.saveAs = '{{ interest }}'),
  },
  {
    mistake: 'braces that are not closed',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'offer').params.message.text = 'Nice to meet you, {{ name. What brings you here?'),
  },
  {
    mistake: 'one closing brace',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'offer').params.message.text = 'Nice to meet you, {{ name }. What brings you here?'),
  },
  {
    mistake: 'no params',
    of: 'welcome',
    mended: 'no',
    make: (flow) => (nodeOf(flow, 'which').params = null),
  },
  ...['“%d %b”', '„%d %b“', '”%d %b”', '«%d %b»', '«\u00a0%d %b\u202f»', '‘%d %b’', '‚%d %b‘'].map(
    (quoted): Case => ({
      mistake: `curled quotes: ${quoted}`,
      of: 'welcome',
      mended: 'clean',
      make: (flow) => (nodeOf(flow, 'greet').params.message.text = `Hello! It is {{ now | date: ${quoted} }}. What shall I call you?`),
    }),
  ),
  {
    mistake: 'an operator of JavaScript for a default',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'greet').params.message.text = "Hello {{ customerName || 'there' }}! What shall I call you?"),
  },
  {
    mistake: 'a filter of another language of templates',
    of: 'welcome-viber',
    mended: 'no',
    make: (flow) => (nodeOf(flow, 'welcome').params.message.text = "Welcome {{ customerName | shout: 'there' }}!"),
  },
  {
    mistake: 'typographic quotation marks',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'greet').params.message.text = 'Hello {{ customerName | default: “there” }}! What shall I call you?'),
  },
  {
    mistake: 'the quotation marks of other languages',
    of: 'welcome',
    mended: 'clean',
    make: (flow) =>
      (nodeOf(flow, 'greet').params.message.text = "{{ customerName | default: „there“ }} {% if customerName == «it's» %}x{% endif %}"),
  },
  {
    mistake: 'a typographic quotation mark at one end',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'greet').params.message.text = 'Hello {{ customerName | default: “there" }}!'),
  },
  {
    mistake: 'typographic quotation marks in an expression',
    of: 'welcome',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'which').params.branches[0].when.variable = 'lastMessage.choice | default: ‘x’ | append: “y”'),
  },
  {
    mistake: 'another name for a member that has this value',
    of: 'abandoned-cart',
    mended: 'same',
    make: (flow) => rename(withTemplate(flow).params.ifWindowClosed, 'then', 'action'),
  },
  {
    mistake: 'a misspelt variable',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'offer').params.message.text = 'Nice to meet you, {{ nmae }}. What brings you here?'),
  },
  { mistake: 'the type of a trigger, shortened', of: 'welcome', mended: 'same', make: (flow) => (flow.triggers[0].type = 'whatsapp') },
  { mistake: 'keywords as a text', of: 'welcome', mended: 'same', make: (flow) => (flow.triggers[0].match.keywords = 'hi, hello, start') },
  { mistake: 'a trigger that is not in a list', of: 'welcome', mended: 'same', make: (flow) => (flow.triggers = flow.triggers[0]) },
  {
    mistake: 'a misspelt event',
    of: 'welcome-viber',
    mended: 'same',
    make: (flow) => (flow.triggers[0].match.events = ['conversation-started']),
  },
  { mistake: 'a type of variables of other languages', of: 'welcome', mended: 'same', make: (flow) => (flow.variables[0].type = 'string') },
  { mistake: 'no end', of: 'welcome', mended: 'clean', make: (flow) => flow.nodes.pop() },
  { mistake: 'no start', of: 'welcome', mended: 'clean', make: (flow) => flow.nodes.shift() },
  { mistake: 'an edge twice', of: 'welcome', mended: 'same', make: (flow) => flow.edges.push({ ...flow.edges[3] }) },
  { mistake: 'a node twice', of: 'welcome', mended: 'same', make: (flow) => flow.nodes.push({ ...flow.nodes[3] }) },
  {
    mistake: 'null for what is not set',
    of: 'welcome',
    mended: 'same',
    make: (flow) => Object.assign(nodeOf(flow, 'which'), { name: null, remark: null, locales: null }),
  },
  {
    mistake: 'a message type of another tool',
    of: 'welcome',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'interest').params.accept = ['txt']),
  },
  { mistake: 'params under another name', of: 'welcome', mended: 'same', make: (flow) => rename(nodeOf(flow, 'name'), 'params', 'config') },
  { mistake: 'an id with a blank', of: 'welcome', mended: 'clean', make: withBlankInId },
  {
    mistake: 'a member that nothing is like',
    of: 'welcome',
    mended: 'no',
    make: (flow) => (nodeOf(flow, 'offer').params.colour = 'green'),
  },
  {
    mistake: 'a title that is too long',
    of: 'welcome',
    mended: 'no',
    make: (flow) => (nodeOf(flow, 'offer').params.message.choices[0].id = 'x'.repeat(300)),
  },
  {
    mistake: 'two edges of one port to different nodes',
    of: 'welcome',
    mended: 'no',
    make: (flow) => flow.edges.push({ from: 'greet', port: 'next', to: 'late' }),
  },
  {
    mistake: 'a circle without a wait',
    of: 'welcome',
    mended: 'no',
    make: (flow) => (edgeOf(flow, 'to-all', 'next').to = 'which'),
  },
  { mistake: 'no trigger', of: 'welcome', mended: 'no', make: (flow) => (flow.triggers = []) },
  {
    mistake: 'query values as an object',
    of: 'order-status',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'look-up').params.query = { postcode: '{{ postcode }}' }),
  },
  {
    mistake: 'a member of the failure that does not exist',
    of: 'order-status',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'refused').params.branches[0].when.variable = 'failure.staus'),
  },
  {
    mistake: 'a value beside an operator that takes none',
    of: 'order-status',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'changeable').params.branches[0].when.value = true),
  },
  {
    mistake: 'a filter of another language of templates',
    of: 'order-status',
    mended: 'same',
    make: (flow) =>
      (nodeOf(flow, 'take-given').params.set[0].value = nodeOf(flow, 'take-given').params.set[0].value.replace('upcase', 'upper')),
  },
  {
    mistake: 'a number as a text',
    of: 'order-status',
    mended: 'same',
    make: (flow) => (nodeOf(flow, 'look-up').params.timeoutSeconds = '10'),
  },
  {
    mistake: 'more tries than there may be',
    of: 'order-status',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'twice').params.limit = 5_000),
  },
  {
    mistake: 'the port of a failure under another name',
    of: 'order-status',
    mended: 'same',
    make: (flow) => (edgeOf(flow, 'cancel', 'failed').port = 'error'),
  },
  {
    mistake: 'the id of a choice with a capital',
    of: 'order-status',
    mended: 'same',
    make: (flow) => {
      nodeOf(flow, 'sure-cancel').params.message.choices[0].id = 'Yes';
      edgeOf(flow, 'sure-cancel', 'yes').port = 'Yes';
    },
  },
  {
    mistake: 'a translation with the wrong pointer',
    of: 'order-status',
    mended: 'same',
    make: (flow) => rename(nodeOf(flow, 'bye').locales.de, '/message/text', '/params/message/text'),
  },
  {
    mistake: 'a time zone by its city',
    of: 'appointment-reminder',
    mended: 'same',
    make: (flow) => (flow.settings.timeZone = 'Berlin'),
  },
  {
    mistake: 'an address without its scheme',
    of: 'order-status',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'track').params.message.url = 'shop.example.com/{{ order }}'),
  },
  {
    mistake: 'lower and upper bound exchanged',
    of: 'order-status',
    mended: 'same',
    make: (flow) => Object.assign(nodeOf(flow, 'ask-address').params.answer, { min: 300, max: 10 }),
  },
  {
    mistake: 'more choices than buttons',
    of: 'order-status',
    mended: 'clean',
    make: (flow) => (nodeOf(flow, 'options').params.message.choicesAs = 'buttons'),
  },
  {
    mistake: 'a param of another type of node',
    of: 'appointment-reminder',
    mended: 'no',
    make: (flow) => (nodeOf(flow, 'again').params.queue = 'reception'),
  },
  {
    mistake: 'a call without its address',
    of: 'order-status',
    mended: 'no',
    make: (flow) => delete nodeOf(flow, 'cancel').params.url,
  },
];

/** Returns the first node that sends a template after 24 hours. */
function withTemplate(flow: File): File {
  return flow.nodes.find((one: File) => one.params.ifWindowClosed?.then === 'template');
}

function asOnCanvas(edge: File) {
  rename(edge, 'from', 'source');
  rename(edge, 'port', 'sourceHandle');
  rename(edge, 'to', 'target');
}

function withBlankInId(flow: File) {
  nodeOf(flow, 'greet').id = 'greet them';
  edgeOf(flow, 'start', 'next').to = 'greet them';
  edgeOf(flow, 'greet', 'next').from = 'greet them';
}

/** Texts that Liquid reads otherwise than they are meant, and how they have to be written. */
const READ_OTHERWISE: readonly (readonly [string, string])[] = [
  ['Hello {{ customerName | default: ‘there’ }}, it’s me', "Hello {{ customerName | default: 'there' }}, it’s me"],
  [String.raw`{{ customerName | replace: "C:\b", '\d' }} \b`, String.raw`{{ customerName | replace: "C:\\b", '\\d' }} \b`],
  [String.raw`{% if customerName == "a\n\x" %}x{% endif %}`, String.raw`{% if customerName == "a\n\\x" %}x{% endif %}`],
];

describe('mends', () => {
  it('there are for warnings of texts that can be read, but not as they were meant', () => {
    for (const [written, meant] of READ_OTHERWISE) {
      const flow = template('welcome');
      nodeOf(flow, 'late').params.message.text = written;
      expect(problemsOf(flow).map(({ severity }) => severity)).to.deep.equal(['warning'], written);
      expect(nodeOf(mendFlow(flow, problemsOf).body, 'late').params.message.text).to.equal(meant);
    }
  });

  it('there are for most of the mistakes that people and models make', () => {
    expect(CASES.filter(({ mended }) => mended !== 'no')).to.have.length.greaterThan(0.8 * CASES.length);
  });

  for (const { mistake, of, make, mended } of CASES)
    it(`${mended === 'no' ? 'leaves to the author' : 'mends'}: ${mistake}`, () => {
      const flow = template(of);
      make(flow);
      const before = problemsOf(flow);
      const after = mendFlow(flow, problemsOf);
      expect(errorsOf(after.problems).length === 0, JSON.stringify(after.problems)).to.equal(mended !== 'no');
      if (mended === 'same') expect(after.body).to.deep.equal(template(of));
      if (mended === 'no') expect(before.filter(({ mend }) => mend)).to.deep.equal([]);
      else expect(before.filter(({ mend }) => mend)).not.to.deep.equal([]);
    });
});
