import { type FlowDefinition, type FlowNode, MAX_STEPS, programKey, type Vars } from '../contract/index.js';
import { asWritten } from '../params/reading.js';
import { coerce } from '../params/variable-value.js';
import { createTemplates } from '../template/templates.js';
import type { NodeTypes, Program, ProgramNode } from './program.js';
import { createLanguages, type FlowLanguages, type Translations, textsIn, withTexts } from './translations.js';

/** Thrown for a version with a node type that this host does not have, because its plugin is missing. */
export class UnknownNodeType extends Error {
  override readonly name = 'UnknownNodeType';
  constructor(
    readonly type: string,
    version: number | undefined,
  ) {
    super(`unknown node type ${type}@${version ?? 'newest'}`);
  }
}

/**
 * Compiles a version into a program. The definition must have passed the check.
 *
 * @throws UnknownNodeType if this host does not have a node type; Error if the params of a node are invalid.
 */
export function compileFlow(definition: FlowDefinition, version: number, nodeTypes: NodeTypes): Program {
  const edges = edgesByNode(definition);
  const languages = createLanguages(definition);
  const nodes = new Map(definition.nodes.map((node) => [node.id, compileNode(node, { languages, edges: edges.get(node.id), nodeTypes })]));
  const start = [...nodes.values()].find(({ type }) => type.startsFlow);
  if (!start) throw new Error(`${definition.code}@${version} has no start`);
  const { maxSteps = MAX_STEPS, timeZone = 'UTC', locale } = definition.settings ?? {};
  return {
    key: programKey(definition.code, version),
    code: definition.code,
    version,
    definition,
    start: start.id,
    nodes,
    defaults: defaultsOf(definition, timeZone),
    settings: { maxSteps, timeZone, ...(locale === undefined ? {} : { locale }) },
    onError: onErrorOf(definition, languages),
    textLanguage: (language) => languages.chain(language)[0] ?? locale,
    answers: answersOf([...nodes.values()]),
    reads: readsOf(definition),
    waitsForMessages: [...nodes.values()].some(waitsForMessage),
    templates: createTemplates(),
    patterns: nodeTypes.patterns,
  };
}

/** Returns what a flow may read of what has to be kept for it. A text that only mentions the word counts, too. */
function readsOf({ nodes, settings }: FlowDefinition): Program['reads'] {
  const text = JSON.stringify([nodes, settings ?? null]);
  return { transcript: /\btranscript\b/.test(text), inputs: /\binputs\b/.test(text) };
}

/** Returns an uploaded flow with the newest version in each node that has no version. */
export function fillVersions(definition: FlowDefinition, nodeTypes: NodeTypes): FlowDefinition {
  const nodes = definition.nodes.map((node) => {
    const newest = node.version ?? nodeTypes.get(node.type)?.version;
    return newest === undefined ? node : { ...node, version: newest };
  });
  return { ...definition, nodes };
}

/** Returns where each port leads, by node. */
function edgesByNode({ edges }: FlowDefinition): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const { from, port, to } of edges) {
    const ports = found.get(from);
    if (ports) ports.set(port, to);
    else found.set(from, new Map([[port, to]]));
  }
  return found;
}

interface Around {
  readonly languages: FlowLanguages;
  readonly edges: ProgramNode['edges'] | undefined;
  readonly nodeTypes: NodeTypes;
}

function compileNode(node: FlowNode, { languages, edges = new Map(), nodeTypes }: Around): ProgramNode {
  const type = nodeTypes.get(node.type, node.version);
  if (!type) throw new UnknownNodeType(node.type, node.version);
  const { value: drawn, error } = type.params.validate(node.params, { convert: false });
  if (error) throw new Error(`the params of the node "${node.id}" do not fit: ${error.message}`);
  const translated = (texts: Translations): unknown => {
    // The check has seen each translation as it is; the texts of several regions together may be more than a schema allows.
    const { value, error: refused } = type.params.validate(withTexts(node.params, texts), { convert: false });
    return refused ? drawn : value;
  };
  return { id: node.id, type, edges, params: inLanguages(node.locales, { languages, drawn, translated }) };
}

interface Translatable<T> {
  readonly languages: FlowLanguages;
  /** The value without translations. */
  readonly drawn: T;
  readonly translated: (texts: Translations) => T;
}

/** Returns a function that gives the value in a language. Each combination of translations is made once, when it is needed first. */
function inLanguages<T>(locales: FlowNode['locales'], { languages, drawn, translated }: Translatable<T>): (language?: string) => T {
  if (!locales || Object.keys(locales).length === 0) return () => drawn;
  const texts = textsIn(locales);
  const made = new Map<string, T>();
  return (language) => {
    const chain = languages.chain(language).filter((one) => texts.has(one));
    if (chain.length === 0) return drawn;
    const key = chain.join(' ');
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = translated(Object.assign({}, ...chain.map((one) => texts.get(one)).reverse()));
    made.set(key, value);
    return value;
  };
}

function onErrorOf({ settings = {} }: FlowDefinition, languages: FlowLanguages): Program['onError'] {
  const { onError, locales } = settings;
  return inLanguages(locales, { languages, drawn: onError, translated: (texts) => texts['/onError'] ?? onError });
}

function waitsForMessage({ type, params }: ProgramNode): boolean {
  return type.waitsFor?.(params()) === 'message';
}

function answersOf(nodes: readonly ProgramNode[]): ReadonlySet<string> {
  const setBy = (some: readonly ProgramNode[]) => some.flatMap(({ type, params }) => type.sets?.(params()) ?? []);
  const others = new Set(setBy(nodes.filter((node) => !waitsForMessage(node))));
  return new Set(setBy(nodes.filter(waitsForMessage)).filter((name) => !others.has(name)));
}

function defaultsOf(definition: FlowDefinition, timeZone: string): Vars {
  return Object.fromEntries(
    (definition.variables ?? []).map(({ name, type, default: value = null }) => [name, coerce(value, type, asWritten(timeZone)) ?? null]),
  );
}
