import type { IsoTime } from '../contract/index.js';
import type { ApiKey, Role } from '../contract/store/index.js';

/** Who asks for an operation: the admin of the settings, or the owner of a key. */
export type Caller = Pick<ApiKey, 'id' | 'name' | 'role' | 'flows'> & {
  /** When the sign-in of the caller's browser expires; absent for a call with a key. */
  readonly until?: IsoTime;
};

const ALLOWED: Readonly<Record<Role | 'any', readonly Role[]>> = {
  any: ['admin', 'viewer', 'editor', 'trigger'],
  admin: ['admin'],
  editor: ['admin', 'editor'],
  viewer: ['admin', 'viewer', 'editor'],
  trigger: ['admin', 'trigger'],
};

/** Returns the roles that may do what needs a role. The admin may do everything; an editor may do what a viewer may. */
export function rolesFor(needed: Role | 'any'): readonly Role[] {
  return ALLOWED[needed];
}
