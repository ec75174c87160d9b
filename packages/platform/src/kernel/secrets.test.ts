import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  decodePersonId,
  deriveKey,
  deriveKeys,
  encodePersonId,
  parseMasterKey,
  readOrCreateMasterKey,
  seal,
  unseal,
} from './secrets.ts';

const master = parseMasterKey('a1'.repeat(32));
const keys = deriveKeys(master);
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('RU22 the master key is 32 bytes as hexadecimal digits, base64 or base64url', () => {
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    expect(parseMasterKey(` ${master.toString(encoding)}\n`).equals(master)).toBe(true);
  }
  for (const wrong of [
    '',
    'secret',
    'a1'.repeat(31),
    master.subarray(1).toString('base64'),
    `${'a'.repeat(42)}!`,
  ]) {
    expect(() => parseMasterKey(wrong)).toThrow(/32 bytes/);
  }
  const secret = 'hunter2hunter2';
  expect(() => parseMasterKey(secret)).not.toThrow(secret);
});

test('RU22 ten first starts at once agree on one key, in a file only its owner reads', async () => {
  const file = join(folder, 'new', 'master.key');
  const all = await Promise.all(Array.from({ length: 10 }, () => readOrCreateMasterKey(file)));
  expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('RU22 a key file that others can read is refused', async () => {
  const file = join(folder, 'open.key');
  await readOrCreateMasterKey(file);
  chmodSync(file, 0o644);
  await expect(readOrCreateMasterKey(file)).rejects.toThrow(/chmod 600/);
});

test('RU22 every purpose has a key of its own', () => {
  const all = [keys.clientSecret, keys.matchingPepper, deriveKey(master, 'x'), deriveKey(master, 'y')];
  expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(4);
  expect(deriveKey(master, 'x').equals(deriveKey(master, 'x'))).toBe(true);
});

test('RU23 a sealed secret comes back as it was, for its owner only', () => {
  const sealed = seal(keys.clientSecret, 'žluťoučký', 'client 7');
  expect(Buffer.from(sealed).includes('ťou')).toBe(false);
  expect(seal(keys.clientSecret, 'žluťoučký', 'client 7').equals(sealed)).toBe(false);
  expect(unseal(keys.clientSecret, new Uint8Array(sealed), 'client 7')).toBe('žluťoučký');
  expect(() => unseal(keys.clientSecret, sealed, 'client 8')).toThrow(/does not open/);
  expect(() => unseal(keys.matchingPepper, sealed, 'client 7')).toThrow(/does not open/);
  expect(() => unseal(keys.clientSecret, sealed.subarray(0, 20), 'client 7')).toThrow(/not a sealed/);
  for (let i = 1; i < sealed.length; i++) {
    const altered = Buffer.from(sealed);
    altered[i] = (altered[i] ?? 0) ^ 1;
    expect(() => unseal(keys.clientSecret, altered, 'client 7')).toThrow(/does not open/);
  }
});

test('RU24 a person id is the same each time and leads back to its member', () => {
  const key = keys.personKey(41);
  fc.assert(
    fc.property(fc.maxSafeNat(), (memberId) => {
      const id = encodePersonId(key, memberId);
      expect(id).toMatch(/^[\w-]{32}$/);
      expect(encodePersonId(key, memberId)).toBe(id);
      expect(decodePersonId(key, id)).toBe(memberId);
    }),
  );
});

test('RU24 another application sees another id and knows nothing of this one', () => {
  const [ours, theirs] = [keys.personKey(41), keys.personKey(42)];
  expect(encodePersonId(theirs, 7)).not.toBe(encodePersonId(ours, 7));
  expect(decodePersonId(theirs, encodePersonId(ours, 7))).toBeNull();
});

test('RU24 what this application did not make is unknown, whatever it is', () => {
  const key = keys.personKey(41);
  const id = encodePersonId(key, 7);
  for (let i = 0; i < id.length; i++) {
    const altered = `${id.slice(0, i)}${id[i] === 'A' ? 'B' : 'A'}${id.slice(i + 1)}`;
    expect(decodePersonId(key, altered)).toBeNull();
  }
  for (const wrong of ['', '7', `${id}A`, `${id}=`, id.slice(1), id.replace(/./, '+'), `${id}\n`]) {
    expect(decodePersonId(key, wrong)).toBeNull();
  }
  expect(() => encodePersonId(key, -1)).toThrow(RangeError);
  expect(() => encodePersonId(key, 1.5)).toThrow(RangeError);
});
