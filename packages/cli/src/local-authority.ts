// The certificate library's dependency injection wants it there before anything of it is loaded.
import 'reflect-metadata';
import type { webcrypto } from 'node:crypto';
import { chmodSync, linkSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { type Clock, makeFolder } from '@carrick/platform';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate with its private key, as PEM. */
export interface Issued {
  readonly key: string;
  readonly cert: string;
}

/** Signs certificates for names of this machine. Who trusts it trusts whoever can read its key: it is for development. */
export interface LocalAuthority {
  /** As PEM: what a client has to trust. */
  readonly certificate: string;
  /** Where it lies, for those who import it by file. */
  readonly certificateFile: string;
  /** A certificate for DNS names and addresses, the first of them its subject; good for a year. Clients do not believe `*.localhost`. */
  issue(names: readonly string[]): Promise<Issued>;
}

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
const AUTHORITY_MS = 10 * 365 * DAY_MS;
/** Some clients refuse what lasts longer. */
const CERTIFICATE_MS = 397 * DAY_MS;
/** A client's clock may be behind. */
const SLACK_MS = DAY_MS;

/**
 * The authority kept beside the data, made on first use; of several first starts at once exactly one is kept.
 * @throws Error when others of this machine could read its key
 */
export async function openAuthority(dataDir: string, clock: Clock): Promise<LocalAuthority> {
  const folder = join(resolve(dataDir), 'tls');
  const file = join(folder, 'authority.pem');
  const certificateFile = join(folder, 'authority.crt');
  const found = read(file) ?? keep(folder, file, await make(clock));
  const now = clock.now();
  const certificate = new X509Certificate(found.cert);
  if (certificate.notAfter.getTime() < now + CERTIFICATE_MS)
    throw new Error(`${file} ends too soon: delete it, start again and trust the new one`);
  writeFileSync(certificateFile, found.cert);
  const signingKey = await importKey(found.key);
  return {
    certificate: found.cert,
    certificateFile,
    async issue(names) {
      const [subject = 'localhost'] = names;
      const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
      const issued = await X509CertificateGenerator.create({
        ...validity(clock, CERTIFICATE_MS),
        serialNumber: serialNumber(),
        subject: [{ CN: [subject] }],
        issuer: certificate.subjectName,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: SIGNATURE,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension(
            names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
          ),
        ],
      });
      return { key: await exportKey(keys.privateKey), cert: `${issued.toString('pem')}\n` };
    },
  };
}

async function make(clock: Clock): Promise<Issued> {
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...validity(clock, AUTHORITY_MS),
    serialNumber: serialNumber(),
    name: [{ CN: ['Carrick development authority'] }],
    keys,
    signingAlgorithm: SIGNATURE,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { key: await exportKey(keys.privateKey), cert: `${certificate.toString('pem')}\n` };
}

const PART = /-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----\n?/g;

function read(file: string): Issued | null {
  let text: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0)
      throw new Error(`${file} holds a private key and can be read by others; run: chmod 600 "${file}"`);
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parts = new Map([...text.matchAll(PART)].map(([part, label = '']) => [label, part]));
  const [key, cert] = [parts.get('PRIVATE KEY'), parts.get('CERTIFICATE')];
  if (!key || !cert) throw new Error(`${file} is no authority of ours: delete it, and a new one is made`);
  return { key, cert };
}

/** Complete when it appears, and of several the first one stays: link() fails where the name is taken. */
function keep(folder: string, file: string, made: Issued): Issued {
  makeFolder(folder);
  chmodSync(folder, 0o700);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${made.key}${made.cert}`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(draft);
  }
  const kept = read(file);
  if (!kept) throw new Error(`${file} vanished while it was being made`);
  return kept;
}

function validity(clock: Clock, lifetimeMs: number): { notBefore: Date; notAfter: Date } {
  const now = clock.now();
  return { notBefore: new Date(now - SLACK_MS), notAfter: new Date(now + lifetimeMs) };
}

/** Random and positive. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(Buffer.alloc(16));
  bytes[0] = 1 + ((bytes[0] ?? 0) & 0x3f);
  return bytes.toString('hex');
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), KEY, false, ['sign']);
}
