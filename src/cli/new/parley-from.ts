/** The paths by which new files import Parley. */
export interface ParleyFrom {
  readonly contract: string;
  readonly params: string;
  readonly adapterKit: string;
}

/** In a package outside of Parley. */
export const BY_NAME: ParleyFrom = { contract: 'parley/contract', params: 'parley/params', adapterKit: 'parley/adapter-kit' };

/** In a folder of `plugins/` or `adapters/`. */
export const INSIDE: ParleyFrom = {
  contract: '../../src/contract/index.js',
  params: '../../src/params/fields.js',
  adapterKit: '../../src/adapter-kit/index.js',
};
