/** Returns the name of a folder as an identifier: `my-node` is `myNode`. */
function identifierOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Returns the source of the list of adapters with another one: its import among the others, its entry at the end. */
export function withAdapter(list: string, name: string): string {
  const line = `import ${identifierOf(name)} from './${name}/index.js';`;
  const imports = [...list.matchAll(/^import \w+ from '.*';$/gm)].map(([one]) => one);
  const sorted = [...imports, line].sort((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1));
  const first = list.indexOf(imports[0] ?? '');
  const last = imports.at(-1) ?? '';
  const end = list.indexOf(last) + last.length;
  const rest = list.slice(end).replace(/,?\s*\];/, (close) => `, ${identifierOf(name)}${close.includes('\n') ? ',\n' : ''}];`);
  return list.slice(0, first) + sorted.join('\n') + rest;
}

function pathOf(line: string): string {
  return /'(.*)'/.exec(line)?.[1] ?? line;
}

/** Returns the source of the table of plugins with another one at the end. */
export function withPlugin(table: string, name: string): string {
  const key = /-/.test(name) ? `'${name}'` : name;
  return table.replace(/};\s*$/, `  ${key}: () => import('./${name}/index.js'),\n};\n`);
}
