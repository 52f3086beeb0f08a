/** Members that are known of what is given; null where any name may be one. */
const MEMBERS: Readonly<Record<string, readonly string[] | null>> = {
  contact: null,
  channel: ['id', 'platform'],
  lastMessage: [
    'id',
    'channel',
    'platform',
    'type',
    'text',
    'at',
    'choice',
    'title',
    'mediaUrl',
    'mediaId',
    'mimeType',
    'fileName',
    'latitude',
    'longitude',
    'contact',
    'emoji',
    'form',
    'order',
    'replyTo',
    'quoted',
    'forwarded',
    'context',
    'referral',
    'raw',
  ],
  now: null,
  link: ['viber', 'whatsapp'],
  failure: ['node', 'code', 'reason', 'status'],
  match: null,
  secrets: null,
};

/** The members of something that is given; undefined if nothing is known of them. */
export function membersOfGiven(name: string): readonly string[] | undefined {
  return (Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : null) ?? undefined;
}

/** Names that mean something else than a variable of the flow: nobody would ever read what is put there. */
export const TAKEN_NAMES: ReadonlySet<string> = new Set([...Object.keys(MEMBERS), 'blank', 'empty']);

/** Names that later versions of the language will give. */
export const LATER_NAMES: ReadonlySet<string> = new Set(['constants', 'inputs', 'transcript', 'item', 'flow']);

/** Names that triggers and Parley itself give to templates and expressions. */
export const GIVEN_NAMES: readonly string[] = [
  ...Object.keys(MEMBERS),
  'incomingMessage',
  'incomingMessageType',
  'wabaId',
  'wabaPhoneNumber',
  'customerPhoneNumber',
  'customerName',
  'serviceId',
  'channelId',
  'groupId',
  'marketingId',
  'marketingInstanceId',
  'uuid',
  'outId',
  'claimTimeMillis',
];
