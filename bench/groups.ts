/** The groups of the budget, in the order in which they are printed. */
export const GROUPS = [
  'HTTP in',
  'signature',
  'parse',
  'people',
  'turn',
  'engine',
  'templates',
  'record',
  'SQLite',
  'outbox',
  'HTTP out',
  'meters',
  'GC',
  'the rest',
  '(program)',
  '(idle)',
] as const;

export type Group = (typeof GROUPS)[number];

/**
 * The group of a function, by `path#name`; the first that matches. What is in no line, such as `contract`, `text`, `clock` and most of Node,
 * counts for its caller.
 */
export const GROUP_OF: readonly (readonly [RegExp, Group])[] = [
  [/^dist\/adapters\/[^/]+\/verify\.js|^dist\/src\/adapter-kit\/signature\.js/, 'signature'],
  [/^dist\/adapters\/[^/]+\/(parse|message-event|identity-events)\.js|^dist\/src\/adapter-kit\/webhook-body\.js/, 'parse'],
  [/^dist\/src\/http\/|^node:_http_|^node_modules\/(express|helmet|body-parser|router)\//, 'HTTP in'],
  [/^dist\/src\/people\/|^dist\/src\/turn\/(inbound|quoted-message)\.js/, 'people'],
  [/^dist\/src\/(turn|host|published|manage)\//, 'turn'],
  [/^dist\/src\/template\/|^node_modules\/(liquidjs|big\.js)\//, 'templates'],
  [/^dist\/(src\/(engine|flow|nodes|params)|plugins)\//, 'engine'],
  [/^dist\/src\/store\/embedded\/session-row\.js|^dist\/src\/store\/[^/]+$|^dist\/bench\/turn-world\.js#(read|write)State$/, 'record'],
  [/^dist\/src\/store\/embedded\/|^node_modules\/(libsql|@libsql|@neon-rs)\//, 'SQLite'],
  [/^dist\/src\/outbox\/(http-client|outbound-request)\.js|^node_modules\/undici\//, 'HTTP out'],
  [/^dist\/(src\/(outbox|jobs)|adapters|platforms)\//, 'outbox'],
  [/^dist\/src\/(meters\/|open-log)|^node_modules\/(prom-client|pino|@opentelemetry)\//, 'meters'],
];
