import type { Expression, VariableDeclaration, VariableDeclarator } from 'oxc-parser';
import type { SourceFile } from './source-file.js';

/**
 * Returns the places in a file that make its results depend on more than its arguments: promises, chance, values that are kept from one
 * call to the next, changes to what others have made. The globals of time and of the world are Biome's to find.
 */
export function forbiddenInPureCode(file: SourceFile): readonly string[] {
  const found: string[] = [];
  const report = (what: string) => void found.push(`${file.path}: ${what}`);
  const reportAsync = ({ async }: { readonly async: boolean }) => {
    if (async) report('an async function');
  };
  file.walk({
    FunctionDeclaration: reportAsync,
    FunctionExpression: reportAsync,
    ArrowFunctionExpression: reportAsync,
    AwaitExpression: () => report('await'),
    ImportExpression: () => report('import()'),
    MemberExpression: (node) => {
      if (file.text(node) === 'Math.random') report('Math.random');
    },
    AssignmentExpression: ({ left }) => {
      if (file.text(left).includes('.prototype')) report(`a change of ${file.text(left)}`);
    },
    CallExpression: ({ callee, arguments: [first] }) => {
      if (/^(Object|Reflect)\.(assign|define|set|delete)/.test(file.text(callee)) && first && file.text(first).endsWith('.prototype'))
        report(`a change of ${file.text(first)}`);
    },
    Program: ({ body }) => {
      for (const statement of body) {
        const declared = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
        if (declared?.type === 'VariableDeclaration') for (const name of keptIn(declared, file)) report(`the module keeps ${name}`);
      }
    },
  });
  return found;
}

/** The names of variables of a module that may be changed. */
function keptIn({ kind, declarations }: VariableDeclaration, file: SourceFile): readonly string[] {
  return declarations.filter((one) => kind !== 'const' || isChangeable(one, file)).map(({ id }) => file.text(id));
}

/** A list, a map or an empty object may be changed unless its type says that it is read-only. */
function isChangeable({ id, init }: VariableDeclarator, file: SourceFile): boolean {
  if (!init || !makesCollection(init, file)) return false;
  return !/:\s*(Readonly|readonly )/.test(file.text(id));
}

function makesCollection(init: Expression, file: SourceFile): boolean {
  if (init.type === 'NewExpression') return /^(Weak)?(Map|Set)$/.test(file.text(init.callee));
  if (init.type === 'ArrayExpression') return true;
  return init.type === 'ObjectExpression' && init.properties.length === 0;
}
