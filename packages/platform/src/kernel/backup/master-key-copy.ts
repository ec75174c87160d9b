import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { deriveKey, type MasterKey, parseMasterKey, seal, unseal } from '../secrets.ts';
import { BackupError } from './archive.ts';

/** How a backup holds the master key: as it is, sealed with a passphrase, or not at all. */
export type MasterKeyCopy =
  | { readonly kind: 'plain'; readonly key: string }
  | { readonly kind: 'sealed'; readonly salt: string; readonly sealed: string }
  | { readonly kind: 'none' };

const COST = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const CONTEXT = 'backup master key';

export function copyMasterKey(key: MasterKey, passphrase: string | null, isIncluded: boolean): MasterKeyCopy {
  if (!isIncluded) return { kind: 'none' };
  const text = key.toString('base64url');
  if (passphrase === null) return { kind: 'plain', key: text };
  const salt = randomBytes(16);
  const sealed = seal(scryptSync(passphrase, salt, 32, COST), text, CONTEXT);
  return { kind: 'sealed', salt: salt.toString('base64url'), sealed: sealed.toString('base64url') };
}

/** @returns null where the backup holds none. @throws BackupError when the passphrase is missing or wrong */
export function openMasterKey(copy: MasterKeyCopy, passphrase: string | null): MasterKey | null {
  switch (copy.kind) {
    case 'none':
      return null;
    case 'plain':
      return parseMasterKey(copy.key);
    case 'sealed': {
      if (passphrase === null)
        throw new BackupError('the master key in this backup is sealed: set CARRICK_BACKUP_PASSPHRASE');
      const key = scryptSync(passphrase, Buffer.from(copy.salt, 'base64url'), 32, COST);
      try {
        return parseMasterKey(unseal(key, Buffer.from(copy.sealed, 'base64url'), CONTEXT));
      } catch (cause) {
        throw new BackupError('CARRICK_BACKUP_PASSPHRASE does not open the master key in this backup', {
          cause,
        });
      }
    }
  }
}

/** Tells two master keys apart without telling either. */
export function fingerprint(key: MasterKey): string {
  return createHash('sha256').update(deriveKey(key, 'backup-fingerprint')).digest('hex').slice(0, 32);
}
