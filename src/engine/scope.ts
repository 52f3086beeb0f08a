import {
  type ChannelId,
  type Contact,
  type Duration,
  durationMillis,
  type InboundMessage,
  type IsoTime,
  type Json,
  type JsonObject,
  type NodeScope,
  type Platform,
  plusMillis,
  type Reach,
  type Vars,
} from '../contract/index.js';
import type { Program, ProgramNode } from '../flow/program.js';
import { changedScope, type TemplateScope } from '../template/scope.js';
import type { Allowance } from '../template/steps.js';
import { phonesOf, regionOf } from '../text/phones-in.js';
import { hasHeldAnswer } from './held.js';
import { linksOf } from './links.js';
import type { LiveFlowFrame, LiveRun } from './live-run.js';
import { reachBy, reachOn, UNKNOWN_LIMITS } from './reach.js';
import { newId, randomFrom, randomOf, type Work, warn, whereabouts } from './work.js';

/** Everything that a node can see during one visit. A class, because making twenty functions for each visit would be slow. */
export class Scope implements NodeScope<unknown> {
  readonly params: unknown;
  readonly vars: Vars;
  readonly contact: Contact;
  readonly memory: Json;
  readonly now: IsoTime;
  readonly timeZone: string;
  readonly locale: string | undefined;
  readonly #inputs: Vars | undefined;
  #frameScope: FrameScope | undefined;
  #channel: Reach | undefined;
  readonly #work: Work;
  readonly #run: LiveRun;
  readonly #program: Program;
  readonly #node: ProgramNode;

  constructor(
    work: Work,
    run: LiveRun,
    { frame, program, node }: { readonly frame: LiveFlowFrame; readonly program: Program; readonly node: ProgramNode },
  ) {
    this.#work = work;
    this.#run = run;
    this.#program = program;
    this.#node = node;
    this.params = node.params(work.contact.language);
    this.vars = frame.vars;
    this.#inputs = frame.inputs;
    this.contact = work.contact;
    this.memory = frame.memory[node.id] ?? null;
    this.now = work.input.event.at;
    this.timeZone = program.settings.timeZone;
    this.locale = program.settings.locale;
  }

  get channel(): Reach {
    this.#channel ??= reachOn(whereabouts(this.#work), this.#run.channel) ?? unknownChannel(this.#run.channel);
    return this.#channel;
  }

  get lastMessage(): InboundMessage | undefined {
    return this.#run.lastMessage;
  }

  get firstMessage(): InboundMessage | undefined {
    return this.#run.opening && this.#run.lastMessage;
  }

  get hasReplied(): boolean {
    // The question of a run is what it has sent last; it is over when an answer is taken.
    return this.#run.question !== undefined;
  }

  get hasHeldAnswer(): boolean {
    return hasHeldAnswer(this.#work, this.#run);
  }

  reach(where: Platform | ChannelId): Reach | undefined {
    const all = whereabouts(this.#work);
    return reachOn(all, where) ?? reachBy(all, where);
  }

  linked(port: string): boolean {
    return this.#node.edges.has(port);
  }

  newId(label: string): string {
    return newId(this.#work, label);
  }

  after(duration: Duration): IsoTime {
    return plusMillis(this.now, durationMillis(duration));
  }

  random(): number {
    return randomOf(this.#work)();
  }

  steadyRandom(label: string): number {
    return randomFrom([this.contact.id, this.#program.code, this.#node.id, label].join('\n'))();
  }

  text(template: string, more?: Vars): string {
    return this.#program.templates.text(template, this.#filling(more));
  }

  value(template: Json, more?: Vars): Json {
    return this.#program.templates.value(template, this.#filling(more));
  }

  expression(source: string, over?: JsonObject): Json | undefined {
    const scope = this.#filling();
    return this.#program.templates.expression(source, over === undefined ? scope : changedScope(scope, { data: over }));
  }

  sealed(template: Json): Json {
    return this.#program.templates.sealed(template, this.#filling());
  }

  address(template: string, more?: Vars): string | undefined {
    return this.#program.templates.address(template, this.#filling(more));
  }

  sealedAddress(template: string): Json | undefined {
    return this.#program.templates.sealedAddress(template, this.#filling());
  }

  matches(pattern: string, text: string, where?: 'whole' | 'anywhere'): boolean {
    return this.#program.patterns.matches(pattern, text, where);
  }

  find(pattern: string, text: string): readonly string[] | undefined {
    return this.#program.patterns.find(pattern, text);
  }

  warn(code: string, detail: string): void {
    warn(this.#work, { code, detail, node: this.#node.id });
  }

  #filling(more?: Vars): FrameScope {
    this.#frameScope ??= new FrameScope(this.#work, this.#run, {
      program: this.#program,
      vars: this.vars,
      inputs: this.#inputs,
      node: this.#node.id,
    });
    return more === undefined ? this.#frameScope : this.#frameScope.with(more);
  }
}

interface FrameView {
  readonly program: Program;
  readonly vars: Vars;
  readonly inputs?: Vars | undefined;
  /** Variables that hide everything else of the same name. */
  readonly over?: Vars | undefined;
  readonly node?: string | undefined;
}

/** What the templates of a frame see. Most of them read one or two variables, so everything else is made when it is asked for. */
export class FrameScope implements TemplateScope {
  readonly now: IsoTime;
  readonly timeZone: string;
  readonly locale: string | undefined;
  readonly language: string | undefined;
  readonly answers: ReadonlySet<string>;
  readonly allowance: Allowance;
  readonly #work: Work;
  readonly #run: LiveRun;
  readonly #view: FrameView;
  #data: TemplateScope['data'] | undefined;

  constructor(work: Work, run: LiveRun, view: FrameView) {
    this.now = work.input.event.at;
    this.timeZone = view.program.settings.timeZone;
    this.locale = view.program.textLanguage(work.contact.language);
    this.language = work.contact.language;
    this.answers = view.program.answers;
    this.allowance = work.allowance;
    this.#work = work;
    this.#run = run;
    this.#view = view;
  }

  get region(): string | undefined {
    return regionOf(this.#work.contact.identities);
  }

  get data(): TemplateScope['data'] {
    this.#data ??= { ...this.#view.vars, ...given(this.#work, this.#run, this.#view), ...this.#view.over };
    return this.#data;
  }

  readonly random = (): number => randomOf(this.#work)();
  readonly warn = (code: string, detail: string): void => {
    const { over, node } = this.#view;
    // A template that is filled for each member of a list would give the same warning for each.
    const isKnown =
      over !== undefined && this.#work.warnings.some((one) => one.code === code && one.detail === detail && one.node === node);
    if (!isKnown) warn(this.#work, { code, detail, node });
  };

  root(name: string): unknown {
    const { vars, over } = this.#view;
    if (over && Object.hasOwn(over, name)) return over[name];
    if (Object.hasOwn(GIVEN, name)) {
      const value = GIVEN[name]?.(this.#work, this.#run, this.#view);
      if (value !== undefined || !MAY_BE_VARIABLE.has(name)) return value;
    }
    return Object.hasOwn(vars, name) ? vars[name] : undefined;
  }

  /** Returns a scope with more variables, which hide those of the same name. */
  with(more: Vars): FrameScope {
    const { program, vars, inputs, node, over } = this.#view;
    return new FrameScope(this.#work, this.#run, { program, vars, inputs, node, over: { ...over, ...more } });
  }
}

/** What every template sees beside the variables of its frame, each made when it is asked for. */
const GIVEN: Readonly<Record<string, (work: Work, run: LiveRun, view: FrameView) => Json | undefined>> = {
  contact({ contact: { id, name, language, timeZone, groups, identities, fields } }) {
    const [phone] = phonesOf(identities);
    return {
      ...fields,
      id,
      name,
      language,
      timeZone,
      groups: groups.map(({ group }) => group),
      phone: phone === undefined ? fields['phone'] : `+${phone}`,
      identities,
    };
  },
  channel: ({ input }, { channel: id }) => ({ id, platform: input.channels.get(id)?.platform }),
  lastMessage: (_, { lastMessage }) => lastMessage && shown(lastMessage),
  now: ({ input }) => input.event.at,
  link: (work, run) => linksOf(work, run) as Json,
  constants: ({ input: { constants } }) => constants && { ...constants },
  inputs: (_work, _run, { inputs }) => inputs && { ...inputs },
  transcript: (_, { transcript }) => transcript,
  failure: (_, { failure }) => failure && { ...failure },
};
/** Flows of older versions may have variables of these names, which are seen while there is nothing else. */
const MAY_BE_VARIABLE: ReadonlySet<string> = new Set(['failure', 'constants', 'inputs', 'transcript']);

function given(work: Work, run: LiveRun, view: FrameView): Readonly<Record<string, Json | undefined>> {
  const all: Record<string, Json | undefined> = {};
  for (const [name, make] of Object.entries(GIVEN)) {
    const value = make(work, run, view);
    if (value !== undefined || !MAY_BE_VARIABLE.has(name)) all[name] = value;
  }
  return all;
}

/** Returns a message as templates see it. Members are hidden by `undefined`, because leaving them out of the copy takes a tenth of a turn. */
function shown(message: InboundMessage): Json {
  return { ...message, from: undefined, sentAt: undefined, at: message.sentAt };
}

/** Returns what nodes see of a channel that was deleted while the run was on it. */
function unknownChannel(id: ChannelId): Reach {
  return { id, platform: 'whatsapp', address: '', limits: UNKNOWN_LIMITS };
}
