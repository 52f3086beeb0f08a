import type { Auth } from '../params/request.js';
import { headerText } from './header-text.js';

/** Returns the value of the header `Authorization`. */
export function authorization(auth: Auth): string {
  if ('bearer' in auth) return headerText('authorization', `Bearer ${auth.bearer}`);
  return `Basic ${Buffer.from(`${auth.basic.user}:${auth.basic.password}`).toString('base64')}`;
}
