import {
  type ErrorBody,
  errorBody,
  invalidField,
  isOrganizationUrn,
  isPersonUrn,
  type KeyParts,
  parseUrn,
  type RecordKind,
} from '@carrick/protocol';
import { decodePersonId } from '../kernel/secrets.ts';
import type { Caller } from '../tenancy/index.ts';
import { KINDS } from './kinds.ts';

/** Where a wire key points to in storage, or why its caller may not go there. */
export type Address =
  | { readonly key: readonly string[] /** The same parts as they came. */; readonly sent: readonly string[] }
  | { readonly refusal: ErrorBody };

/** Checks the context of one key and translates it. `parts` of a child include those of its parent. */
export function addressOf(kind: RecordKind, parts: KeyParts, caller: Caller): Address {
  const refusal =
    contextRefusal(parts.get('integrationContext') ?? '', caller, parts.get('dataProvider')) ??
    typeRefusal(parts.get('atsEntityType'));
  if (refusal) return { refusal };
  const key: string[] = [];
  const sent: string[] = [];
  for (const { part } of KINDS[kind].key) {
    const value = parts.get(part) ?? '';
    sent.push(value);
    if (part !== 'assignee') key.push(value);
    else {
      const memberId = memberOf(value, caller);
      if (memberId === null)
        return { refusal: invalidField(part, 'is not a person that this application knows') };
      key.push(String(memberId));
    }
  }
  return { key, sent };
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
