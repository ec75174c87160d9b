import type { RecordKind } from '@carrick/protocol';
import type { ChangeKeys } from './change.ts';

export interface StoredKey {
  readonly parentId: string;
  readonly id: string;
}

/** Longer keys do not fit the wire either. */
const LONGEST = 255;

/** A record's key as two texts. Of an access rule the own parts stand in `id` as JSON, in one order. */
export function storedKey<K extends RecordKind>(kind: K, key: ChangeKeys[K]): StoredKey {
  const stored = split(key);
  for (const text of [stored.id, stored.parentId])
    if (text.length > LONGEST) throw new RangeError(`The id of a ${kind} has at most ${LONGEST} characters.`);
  if (stored.id === '') throw new RangeError(`A ${kind} needs an id.`);
  return stored;
}

function split(key: ChangeKeys[RecordKind]): StoredKey {
  if (typeof key === 'string') return { parentId: '', id: key };
  if ('acl' in key)
    return {
      parentId: '',
      id: JSON.stringify('job' in key ? [key.acl, key.job] : [key.acl, key.user]),
    };
  return { parentId: 'candidate' in key ? key.candidate : key.application, id: key.id };
}

/** The two parts of an access rule's stored id: the group, and the job or the user. */
export function aclParts(id: string): readonly [acl: string, of: string] {
  const parts: unknown = JSON.parse(id);
  if (!Array.isArray(parts)) throw new Error('not the id of an access rule');
  return [String(parts[0]), String(parts[1])];
}

/** One text for kind-less lookups: parent and id, apart by a character that no id has. */
export const entryKey = ({ parentId, id }: StoredKey): string => `${parentId}\u001f${id}`;

export function fromEntryKey(key: string): StoredKey {
  const [parentId = '', id = ''] = key.split('\u001f');
  return { parentId, id };
}
