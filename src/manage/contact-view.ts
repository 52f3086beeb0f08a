import type { Contact, Membership } from '../contract/index.js';

/** A contact as callers see it: `groups` are codes, and `memberships` say since when. */
export type ContactView = { readonly [K in Exclude<keyof Contact, 'userIds' | 'groups' | 'optOut'>]-?: Contact[K] | undefined } & {
  readonly groups: readonly string[];
  readonly memberships: readonly Membership[];
  readonly optOut: Readonly<Record<string, boolean>>;
  /** When the person opted out, by platform, as far as it is known. */
  readonly optOutSince: Readonly<Record<string, string>>;
};

/** Shows a contact to callers. */
export function showContact({ groups: memberships, optOut, ...contact }: Contact): ContactView {
  const { id, name, language, timeZone, identities, fields, createdAt } = contact;
  const platforms = Object.entries(optOut);
  return {
    id,
    name,
    language,
    timeZone,
    identities,
    fields,
    groups: memberships.map(({ group }) => group),
    memberships,
    optOut: Object.fromEntries(platforms.map(([platform]) => [platform, true])),
    optOutSince: Object.fromEntries(platforms.flatMap(([platform, { since }]) => (since === undefined ? [] : [[platform, since]]))),
    createdAt,
  };
}
