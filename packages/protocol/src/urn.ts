/** URNs as the wire spells them: `urn:li:<type>:<id>`. Ids are opaque and compared byte for byte. */

const URN_TYPES = [
  'organization',
  'contract',
  'seat',
  'person',
  'developerApplication',
  'simpleJobPostingTask',
  'jobPosting',
  'media',
  'conversation',
  'conversationEvent',
] as const;

export type UrnType = (typeof URN_TYPES)[number];

declare const urnType: unique symbol;
export type Urn<T extends UrnType = UrnType> = string & { readonly [urnType]: T };

export type OrganizationUrn = Urn<'organization'>;
export type ContractUrn = Urn<'contract'>;
export type SeatUrn = Urn<'seat'>;
export type PersonUrn = Urn<'person'>;
export type DeveloperApplicationUrn = Urn<'developerApplication'>;
export type SimpleJobPostingTaskUrn = Urn<'simpleJobPostingTask'>;
export type JobPostingUrn = Urn<'jobPosting'>;
export type ConversationUrn = Urn<'conversation'>;
export type ConversationEventUrn = Urn<'conversationEvent'>;

const PREFIX = 'urn:li:';
const TYPE_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
// Spaces, controls and a NUL in particular would not survive a header or a text column.
const NOT_IN_ID = /[\s\p{Cc}\p{Cs}]/u;

/** Any well-formed URN of the `li` namespace, of a type known here or not; null for anything else. */
export function parseUrn(text: string): { readonly type: string; readonly id: string } | null {
  if (!text.startsWith(PREFIX)) return null;
  const colon = text.indexOf(':', PREFIX.length);
  if (colon < 0) return null;
  const type = text.slice(PREFIX.length, colon);
  const id = text.slice(colon + 1);
  if (id === '' || !TYPE_NAME.test(type) || NOT_IN_ID.test(id)) return null;
  return { type, id };
}

/** @throws RangeError when the id cannot stand in a URN (empty, or with white space). */
export function formatUrn<T extends UrnType>(type: T, id: string | number): Urn<T> {
  const text = `${PREFIX}${type}:${id}`;
  if (!isUrnOf(type, text)) throw new RangeError(`Not an id for urn:li:${type}`);
  return text;
}

function isUrnOf<T extends UrnType>(type: T, value: unknown): value is Urn<T> {
  return typeof value === 'string' && parseUrn(value)?.type === type;
}

type Guard<T extends UrnType> = (value: unknown) => value is Urn<T>;
const guard =
  <T extends UrnType>(type: T): Guard<T> =>
  (value): value is Urn<T> =>
    isUrnOf(type, value);

export const isOrganizationUrn: Guard<'organization'> = guard('organization');
export const isContractUrn: Guard<'contract'> = guard('contract');
export const isSeatUrn: Guard<'seat'> = guard('seat');
export const isPersonUrn: Guard<'person'> = guard('person');
export const isDeveloperApplicationUrn: Guard<'developerApplication'> = guard('developerApplication');
export const isSimpleJobPostingTaskUrn: Guard<'simpleJobPostingTask'> = guard('simpleJobPostingTask');
export const isJobPostingUrn: Guard<'jobPosting'> = guard('jobPosting');
export const isMediaUrn: Guard<'media'> = guard('media');
export const isConversationUrn: Guard<'conversation'> = guard('conversation');
export const isConversationEventUrn: Guard<'conversationEvent'> = guard('conversationEvent');
