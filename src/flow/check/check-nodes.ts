import type { FlowNode, Json, Problem } from '../../contract/index.js';
import { templateSize, variablesRead } from '../../template/read-template.js';
import { valueAt } from '../compile.js';
import { type HeldField, heldFields } from '../held-fields.js';
import { problemsOfJoi } from '../problems-of-joi.js';
import { type At, mistakesOf } from './check-held.js';
import { checkLocales } from './check-locales.js';
import { type Checked, type CheckWorld, error, type KnownNode, nearestAmong, warning } from './finding.js';

/** Each node by itself: its type, its params, what they hold, what the channels can take. */
export function checkNodes(checked: Checked): readonly Problem[] {
  const { definition, known } = checked;
  const typesLike = nearestAmong(checked.world.nodeTypes.all.map(({ type }) => type));
  const unknown = definition.nodes.flatMap((node, index) => checkType({ node, index, like: typesLike }, checked.world));
  const set = namesKnown(checked);
  const names: Names = { set, like: nearestAmong([...set]) };
  return [
    ...unknown,
    ...known.flatMap((one) => [
      ...checkParams(one),
      ...checkHeld(one, names, checked),
      ...checkDynamicPorts(one),
      ...checkOwn(one, checked),
      ...checkLocales(one, checked),
    ]),
  ];
}

/** What is set anywhere, and what is nearly one of it. */
interface Names {
  readonly set: ReadonlySet<string>;
  readonly like: Like;
}
type Like = ReturnType<typeof nearestAmong>;

function checkType(
  { node, index, like }: { readonly node: FlowNode; readonly index: number; readonly like: Like },
  { nodeTypes }: CheckWorld,
): readonly Problem[] {
  if (nodeTypes.get(node.type, node.version)) return [];
  const newest = nodeTypes.get(node.type);
  const names = like(node.type);
  return [
    error({
      pointer: `/nodes/${index}/${newest ? 'version' : 'type'}`,
      code: newest ? 'flow/unknown-node-version' : 'flow/unknown-node-type',
      node: node.id,
      message: newest ? `"${node.type}" has no version ${node.version}` : `there is no node type "${node.type}"`,
      hint: newest
        ? `The newest is ${newest.version}.`
        : names.length > 0
          ? `Did you mean ${names.map((one) => `"${one}"`).join(' or ')}?`
          : 'GET /api/node-types lists what there is.',
    }),
  ];
}

function checkParams({ node, index, error: refused }: KnownNode): readonly Problem[] {
  return refused ? problemsOfJoi(refused, { pointer: `/nodes/${index}/params`, code: 'params', node: node.id }) : [];
}

function checkHeld({ node, index, type }: KnownNode, names: Names, { world, effort }: Checked): readonly Problem[] {
  return heldFields(type.params, node.params).flatMap((field) => {
    const at = { pointer: `/nodes/${index}/params${field.pointer}`, node: node.id };
    return effort.spend(costOf(field)) ? [...mistakesOf(field, at, world), ...unset(field, at, names)] : effort.giveUp(at);
  });
}

/** About so many microseconds. */
function costOf({ holds, value }: HeldField): number {
  // What is longer than it may be is refused unread.
  if (holds === 'regex') return 500 + 5 * Math.min(value.length, 500);
  if (holds === 'expression' || holds === 'result') return 10 + 3 * Math.min(value.length, 2_000);
  return 10 + 3 * templateSize(value);
}

/** What no node, variable or trigger ever sets is most likely a typing mistake. */
function unset({ holds, value }: HeldField, at: At, names: Names): readonly Problem[] {
  const read =
    holds === 'expression'
      ? variablesRead(`{{ ${value} }}`)
      : holds === 'regex' || holds === 'variable' || holds === 'result'
        ? []
        : variablesRead(value);
  const roots = new Set(read.flatMap(([root]) => (root === undefined ? [] : [root])));
  return [...roots]
    .filter((root) => !names.set.has(root))
    .map((root) => {
      const like = names.like(root);
      return warning({
        ...at,
        code: 'flow/never-set',
        message: `"${root}" is read, but nothing sets it`,
        hint:
          like.length > 0
            ? `Did you mean ${like.map((one) => `"${one}"`).join(' or ')}?`
            : `Declare it in the flow's variables, or set it before.`,
      });
    });
}

/** Given by triggers and by Parley itself: product.md, 3. */
const GIVEN: readonly string[] = [
  'incomingMessage',
  'incomingMessageType',
  'wabaId',
  'wabaPhoneNumber',
  'customerPhoneNumber',
  'customerName',
  'serviceId',
  'channelId',
  'groupId',
  'marketingId',
  'marketingInstanceId',
  'uuid',
  'outId',
  'claimTimeMillis',
  'contact',
  'channel',
  'lastMessage',
  'now',
  'link',
  'match',
  'secrets',
];

function namesKnown({ definition, known }: Checked): ReadonlySet<string> {
  const set = known.flatMap(({ type, params }) => (params === undefined ? [] : (type.sets?.(params) ?? [])));
  return new Set([...GIVEN, ...(definition.variables ?? []).map(({ name }) => name), ...set]);
}

function checkDynamicPorts({ node, index, type, params }: KnownNode): readonly Problem[] {
  if (params === undefined || !type.dynamicPorts) return [];
  const dynamic = type.dynamicPorts(params);
  const names = dynamic.map(({ name }) => name);
  const fixed = [...type.ports(params)];
  for (const name of new Set(names)) fixed.splice(fixed.indexOf(name), 1);
  return dynamic.flatMap(({ name, pointer }, i) => {
    const taken = fixed.includes(name) && !names.slice(0, i).includes(name);
    if (!taken && names.indexOf(name) === i) return [];
    return [
      error({
        pointer: `/nodes/${index}/params${pointer}`,
        code: 'flow/port-taken',
        node: node.id,
        message: taken ? `"${name}" is the name of a port that the node has anyway` : `"${name}" is the name of two ports`,
        hint: 'Choose another name.',
      }),
    ];
  });
}

/** What the node type itself has to say; of wrong params it is asked all the same, as far as it can read them. */
function checkOwn({ node, index, type, loose, error: refused }: KnownNode, { definition, world, platforms }: Checked): readonly Problem[] {
  if (!type.check) return [];
  const linked = (port: string) => definition.edges.some((edge) => edge.from === node.id && edge.port === port);
  const told = ((): ReturnType<typeof type.check> => {
    try {
      return type.check(loose, { platforms, limits: world.limits, linked });
    } catch {
      // Params that the schema refuses may be anything.
      return [];
    }
  })();
  // Of wrong params it may have told a place that is not there.
  const isThere = ({ pointer }: { readonly pointer: string }) => refused === undefined || holdsPlace(node.params, pointer);
  return told.filter(isThere).map(({ severity = 'error', pointer, ...rest }) => ({
    ...rest,
    pointer: `/nodes/${index}/params${pointer}`,
    node: node.id,
    severity,
  }));
}

/** Is there a member at a pointer, or at least something that it could be a member of? */
function holdsPlace(params: Json, pointer: string): boolean {
  const holder = valueAt(params, pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  return holder !== null && typeof holder === 'object';
}
