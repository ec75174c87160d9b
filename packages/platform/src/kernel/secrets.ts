import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { link, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** 32 bytes. Everything secret in the deployment derives from it: who loses it loses every client secret and person id. */
export type MasterKey = Buffer & { readonly __masterKey: never };

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_VERSION = 1;

/**
 * Reads the value of CARRICK_MASTER_KEY: 32 bytes as 64 hexadecimal digits, base64 or base64url.
 * @throws Error when it is anything else; the message never repeats the value.
 */
export function parseMasterKey(text: string): MasterKey {
  const trimmed = text.trim();
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64');
  if (key.length !== KEY_BYTES || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)) {
    throw new Error(
      'the master key must be 32 bytes as hexadecimal digits or base64 (try: openssl rand -base64 32)',
    );
  }
  return key as MasterKey; // brand: the length was checked above
}

/**
 * The master key kept beside an embedded database. Created on first use, at random or as `initial` says; ten processes that start at once agree on one.
 * @throws Error when another account of the machine could read the file.
 */
export async function readOrCreateMasterKey(
  file: string,
  initial: MasterKey | null = null,
): Promise<MasterKey> {
  const existing = await readMasterKey(file);
  if (existing) return existing;
  makeFolder(dirname(file));
  const candidate = `${file}.${process.pid}.${randomBytes(6).toString('hex')}`;
  const handle = await open(candidate, 'wx', 0o600);
  try {
    await handle.writeFile(`${(initial ?? randomBytes(KEY_BYTES)).toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    // link() fails where the name is taken: of several first starts exactly one key wins, and it is complete when it appears.
    await link(candidate, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(candidate);
  }
  const created = await readMasterKey(file);
  if (!created) throw new Error(`the master key ${file} vanished while it was being created`);
  return created;
}

async function readMasterKey(file: string): Promise<MasterKey | null> {
  try {
    const { mode } = await stat(file);
    if ((mode & 0o077) !== 0) {
      throw new Error(`${file} holds the master key and can be read by others; run: chmod 600 "${file}"`);
    }
    return parseMasterKey(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** An independent 32-byte key for one purpose; knowing it says nothing about the master key or another purpose's key. */
export function deriveKey(master: MasterKey, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, 'carrick', purpose, KEY_BYTES));
}

/** The keys a running platform works with; the master key itself goes no further than this. */
export interface Keys {
  /** Seals client secrets at rest. */
  readonly clientSecret: Buffer;
  /** Hides identifiers in matching keys (HMAC), so that a copied database cannot be tried against a list of addresses. */
  readonly matchingPepper: Buffer;
  /** Signs the addresses to which files are uploaded. */
  readonly uploadUrl: Buffer;
  /** Signs the links that members are mailed, and the addresses to which they answer. */
  readonly memberLink: Buffer;
  /** Signs certificates of erasure: the seed of an Ed25519 key, whose public half anybody may hold. */
  readonly certificate: Buffer;
  /** The person key of one customer application, or of one organisation's app; made once, then remembered. */
  personKey(scope: PersonScope): PersonKey;
}

export function deriveKeys(master: MasterKey): Keys {
  const personKeys = new Map<PersonScope, PersonKey>();
  return {
    clientSecret: deriveKey(master, 'client-secret'),
    matchingPepper: deriveKey(master, 'matching-pepper'),
    uploadUrl: deriveKey(master, 'upload-url'),
    memberLink: deriveKey(master, 'member-link'),
    certificate: deriveKey(master, 'erasure-certificate'),
    personKey(scope) {
      const key = personKeys.get(scope) ?? derivePersonKey(master, scope);
      personKeys.set(scope, key);
      return key;
    },
  };
}

/**
 * Encrypts a secret that must come back as it was (client secrets). Layout: version byte, IV, ciphertext, tag.
 * `context` says what it belongs to; sealed bytes moved to another row do not open.
 */
export function seal(key: Buffer, plaintext: string, context: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  return Buffer.concat([
    Buffer.of(SEALED_VERSION),
    iv,
    cipher.update(plaintext, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** @throws Error when the bytes were altered, belong to another context or were sealed under another master key. */
export function unseal(key: Buffer, sealed: Uint8Array, context: string): string {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  if (bytes[0] !== SEALED_VERSION || bytes.length < 1 + IV_BYTES + TAG_BYTES)
    throw new Error('not a sealed secret');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + IV_BYTES))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return (
      decipher.update(bytes.subarray(1 + IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    );
  } catch (cause) {
    throw new Error('a stored secret does not open: is this the master key it was stored under?', { cause });
  }
}

/** One customer application's person key; kept across rotation of its secret, so that ids stay the same. */
export interface PersonKey {
  readonly mac: Buffer;
  readonly cipher: Buffer;
}

/** Who shares one set of person ids: an application by its id, an organisation's recruiters by its tenant. */
export type PersonScope = number | `app:${number}`;

function derivePersonKey(master: MasterKey, scope: PersonScope): PersonKey {
  return {
    mac: deriveKey(master, `person-mac:${scope}`),
    cipher: deriveKey(master, `person-cipher:${scope}`),
  };
}

const PERSON_ID = /^[A-Za-z0-9_-]{32}$/;
const SYNTHETIC_IV_BYTES = 16;

/**
 * The id under which one application knows a member: deterministic, and meaningless to every other application.
 * Deterministic authenticated encryption with a synthetic IV: the IV is the MAC of the id, so equal ids give equal text
 * and a made-up text fails its own check.
 */
export function encodePersonId(key: PersonKey, memberId: number): string {
  const known = encoded.get(key) ?? new Map<number, string>();
  const personId = known.get(memberId) ?? makePersonId(key, memberId);
  if (known.size >= MOST_KNOWN) known.clear();
  encoded.set(key, known.set(memberId, personId));
  return personId;
}

/** To make one takes 25 µs, and a page of people names each of its 25 more than once. */
const encoded = new WeakMap<PersonKey, Map<number, string>>();

function makePersonId(key: PersonKey, memberId: number): string {
  if (!Number.isSafeInteger(memberId) || memberId < 0) throw new RangeError(`not a member id: ${memberId}`);
  const id = Buffer.alloc(8);
  id.writeBigUInt64BE(BigInt(memberId));
  const iv = syntheticIv(key, id);
  const body = createCipheriv('aes-256-ctr', key.cipher, iv).update(id);
  return Buffer.concat([iv, body]).toString('base64url');
}

/** The member behind a person id, or null for anything this key did not make. */
export function decodePersonId(key: PersonKey, personId: string): number | null {
  const known = decoded.get(key) ?? new Map<string, number>();
  const memberId = known.get(personId) ?? openPersonId(key, personId);
  if (memberId === null) return null;
  if (known.size >= MOST_KNOWN) known.clear();
  decoded.set(key, known.set(personId, memberId));
  return memberId;
}

/** To open one takes 30 µs, and whoever syncs the members of groups names the same people in group after group. */
const decoded = new WeakMap<PersonKey, Map<string, number>>();
const MOST_KNOWN = 10_000;

function openPersonId(key: PersonKey, personId: string): number | null {
  if (!PERSON_ID.test(personId)) return null;
  const bytes = Buffer.from(personId, 'base64url');
  const iv = bytes.subarray(0, SYNTHETIC_IV_BYTES);
  const id = createDecipheriv('aes-256-ctr', key.cipher, iv).update(bytes.subarray(SYNTHETIC_IV_BYTES));
  if (!timingSafeEqual(iv, syntheticIv(key, id))) return null;
  return Number(id.readBigUInt64BE());
}

function syntheticIv(key: PersonKey, id: Buffer): Buffer {
  return createHmac('sha256', key.mac).update(id).digest().subarray(0, SYNTHETIC_IV_BYTES);
}
