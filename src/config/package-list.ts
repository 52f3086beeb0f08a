/** A package name, with or without a scope and a path inside the package: https://docs.npmjs.com/cli/configuring-npm/package-json#name */
const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*(\/[A-Za-z0-9._~-]+)*$/;
const PATH = /^(\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])/;

/** Reads a list such as `parley-dice, @acme/nodes/weather, ./my-node`. `mistake` is the first entry that is neither a package nor a path. */
export function readPackageList(list: string): { readonly packages: readonly string[] } | { readonly mistake: string } {
  const packages = list
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const mistake = packages.find((one) => !NAME.test(one) && !PATH.test(one));
  return mistake === undefined ? { packages } : { mistake };
}
