import type { ApiKey, Role } from '../contract/store/index.js';

/** Who asks for an operation: the admin of the settings, or the owner of a key. */
export type Caller = Pick<ApiKey, 'id' | 'name' | 'role' | 'flows'>;

const ALLOWED: Readonly<Record<Role, readonly Role[]>> = {
  admin: ['admin'],
  editor: ['admin', 'editor'],
  viewer: ['admin', 'viewer', 'editor'],
  trigger: ['admin', 'trigger'],
};

/** Returns the roles that may do what needs a role. The admin may do everything; an editor may do what a viewer may. */
export function rolesFor(needed: Role): readonly Role[] {
  return ALLOWED[needed];
}
