import { createHash } from 'node:crypto';
import { type HexSha256, type RecordKind, recordDigest } from '@carrick/protocol';

const sha256: HexSha256 = (text) => createHash('sha256').update(text).digest('hex');

/** Of a record as it is sent; `key` as `recordDigest` of the protocol wants it. */
export function digestOf(
  kind: RecordKind,
  key: readonly string[],
  record: Readonly<Record<string, unknown>>,
): string {
  return recordDigest(sha256, kind, key, record);
}

/** The key of a record as the connector names it: the id of an access rule is its key's own parts as JSON. */
export function digestKey(kind: RecordKind, { parentId, id }: { parentId: string; id: string }): string[] {
  switch (kind) {
    case 'job':
    case 'candidate':
    case 'application':
      return [id];
    case 'candidateNote':
    case 'applicationNote':
    case 'interviewFeedback':
    case 'stage':
      return [parentId, id];
    case 'entityAcl':
      return parts(id, ['atsEntityType', 'atsEntityId', 'atsEntityAclId']);
    case 'entityAclAssignee':
      return parts(id, ['assignee', 'atsEntityType', 'atsEntityAclId']);
  }
}

/** The way back. */
export function rowOfKey(kind: RecordKind, key: readonly string[]): { parentId: string; id: string } {
  const [first = '', second = '', third = ''] = key;
  switch (kind) {
    case 'job':
    case 'candidate':
    case 'application':
      return { parentId: '', id: first };
    case 'candidateNote':
    case 'applicationNote':
    case 'interviewFeedback':
    case 'stage':
      return { parentId: first, id: second };
    case 'entityAcl':
      return {
        parentId: '',
        id: JSON.stringify({ atsEntityAclId: third, atsEntityId: second, atsEntityType: first }),
      };
    case 'entityAclAssignee':
      return {
        parentId: '',
        id: JSON.stringify({ assignee: first, atsEntityAclId: third, atsEntityType: second }),
      };
  }
}

function parts(id: string, names: readonly string[]): string[] {
  const own = JSON.parse(id) as Record<string, unknown>; // written by shape-row
  return names.map((name) => String(own[name] ?? ''));
}
