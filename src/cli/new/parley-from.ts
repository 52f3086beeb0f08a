/** How generated files import Parley. */
export interface ParleyFrom {
  readonly contract: string;
  readonly params: string;
  /** The whole line. */
  readonly joi: string;
}

/** In a package of somebody else's. */
export const BY_NAME: ParleyFrom = { contract: 'parley/contract', params: 'parley/params', joi: "import { Joi } from 'parley/params';" };

/** In a folder of `plugins/` or `adapters/`. */
export const INSIDE: ParleyFrom = {
  contract: '../../src/contract/index.js',
  params: '../../src/params/fields.js',
  joi: "import Joi from 'joi';",
};
