import Joi from 'joi';
import { type AuditParts, listChanges } from '../../manage/audit.js';
import { type ListQuery, listQuery, pageAnswer, readList } from '../requests.js';
import { defineRoute, type Route } from '../route.js';
import { AUDIT_ENTRY } from '../schemas/key.js';
import { listOf } from '../schemas/named.js';

/** The audit log. */
export function auditRoutes(parts: AuditParts): readonly Route[] {
  return [
    defineRoute<unknown, ListQuery & { target?: string }>({
      tag: 'Keys',
      method: 'get',
      path: '/audit',
      role: 'admin',
      summary: 'List the changes that were made through the API',
      query: listQuery({ target: Joi.string().max(200).description('`flow:welcome`, `channel:wa-main`, …') }),
      answers: { 200: listOf(AUDIT_ENTRY) },
      handle: async ({ caller, query }) => pageAnswer(await listChanges(parts, caller, readList(query))),
    }),
  ];
}
