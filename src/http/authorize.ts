import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { UserError } from '../contract/index.js';

/** Lets the admin's key by. Compared as hashes, so that neither length nor content is told by time. */
export function authorize(adminKeyHash: string): RequestHandler {
  const wanted = Buffer.from(adminKeyHash, 'hex');
  return (request, _response, next) => {
    const [, key] = /^Bearer (.+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (key === undefined) throw new UserError(401, 'key/missing', 'The call needs a key: Authorization: Bearer <key>.');
    const given = createHash('sha256').update(key).digest();
    if (!timingSafeEqual(given, wanted)) throw new UserError(401, 'key/unknown', 'The key is not known.');
    next();
  };
}
