import {
  type ErrorBody,
  errorBody,
  invalidField,
  isOrganizationUrn,
  isPersonUrn,
  parseUrn,
  partReader,
  type RecordKind,
  type TypedKey,
} from '@carrick/protocol';
import { decodePersonId } from '../kernel/secrets.ts';
import type { WireRequest } from '../kernel/wire-request.ts';
import type { Caller } from '../tenancy/index.ts';
import { KINDS } from './kinds.ts';

/** Where a wire key points to in storage, or why its caller may not go there. */
export type Address =
  | { readonly key: readonly string[] /** The same parts as they came. */; readonly sent: readonly string[] }
  | { readonly refusal: ErrorBody };

/** For the keys of one request: checks the context of each and translates it. Keys of a child include those of its parent. */
export function addressesOf(
  kind: RecordKind,
  { resource, parent }: Pick<WireRequest, 'resource' | 'parent'>,
  caller: Caller,
): (key: TypedKey) => Address {
  const reader = (part: string) => partReader(resource, part, parent);
  const [contextOf, providerOf, typeOf] = [
    reader('integrationContext'),
    reader('dataProvider'),
    reader('atsEntityType'),
  ];
  const parts = KINDS[kind].key.map(({ part }) => reader(part));
  const assignee = KINDS[kind].key.findIndex(({ part }) => part === 'assignee');
  return (wireKey) => {
    const refusal =
      contextRefusal(contextOf(wireKey) ?? '', caller, providerOf(wireKey)) ?? typeRefusal(typeOf(wireKey));
    if (refusal) return { refusal };
    const sent = parts.map((read) => read(wireKey) ?? '');
    if (assignee < 0) return { key: sent, sent };
    const memberId = memberOf(sent[assignee] ?? '', caller);
    return memberId === null
      ? { refusal: invalidField('assignee', 'is not a person that this application knows') }
      : { key: sent.with(assignee, String(memberId)), sent };
  };
}

/** A constant of these resources; PARTNER is that of a sibling product. It says nothing more and is not stored. */
const DATA_PROVIDERS: readonly string[] = ['ATS'];

/** Each key stands for itself: a foreign context among one's own refuses only its key. */
export function contextRefusal(context: string, caller: Caller, dataProvider?: string): ErrorBody | null {
  if (dataProvider !== undefined && !DATA_PROVIDERS.includes(dataProvider))
    return invalidField('dataProvider', `${JSON.stringify(dataProvider.slice(0, 60))} is not an enum symbol`);
  if (context === caller.organisationUrn) return caller.syncRefusal;
  if (!isOrganizationUrn(context))
    return invalidField('integrationContext', 'is not the URN of an organization');
  return errorBody('CONTEXT_NOT_OWNED');
}

function typeRefusal(type: string | undefined): ErrorBody | null {
  if (type === undefined || type === 'JOB_POSTING') return null;
  return invalidField('atsEntityType', `${JSON.stringify(type.slice(0, 60))} is not an enum symbol`);
}

/** The member behind a person URN of this application; null for anything else. */
export function memberOf(urn: string, { personKey }: Caller): number | null {
  return isPersonUrn(urn) ? decodePersonId(personKey, parseUrn(urn)?.id ?? '') : null;
}
