import { createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { Rewritten } from '../kernel/rewrite-files.ts';
import { PLACES, type SubjectKind } from './places.ts';
import { keeperOf, type Subject } from './subject.ts';
import type { Counts } from './sweep.ts';

/** What proves an erasure: ids of the request, times and counts; nothing of the person. */
export interface Certificate {
  readonly certificate: 'carrick-erasure-1';
  readonly erasure: string;
  readonly kind: SubjectKind;
  /** A keyed hash: who knows the ids and the deployment can tell whose certificate it is, nobody else. */
  readonly subject: string;
  readonly askedAt: string;
  readonly confirmedAt: string;
  readonly erasedAt: string;
  /** When the database's files were written anew; null until then. */
  readonly filesRewrittenAt: string | null;
  readonly files: Rewritten | null;
  /** Rows that were there and are gone or emptied, by table. */
  readonly erased: Counts;
  /** What stays, and why. */
  readonly kept: Readonly<Record<string, string>>;
}

export interface SignedCertificate extends Certificate {
  /** Ed25519, base64url, over the JSON without these two. */
  readonly publicKey: string;
  readonly signature: string;
}

/** An Ed25519 key from its 32 bytes, as PKCS #8 wraps them. */
function privateKeyOf(seed: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

/** The deployment's public key: raw, base64url. */
export function certificateKey(seed: Buffer): string {
  const { x } = createPublicKey(privateKeyOf(seed)).export({ format: 'jwk' });
  if (x === undefined) throw new Error('an Ed25519 key without its public half');
  return x;
}

export function signCertificate(seed: Buffer, certificate: Certificate): string {
  const signature = sign(null, Buffer.from(JSON.stringify(certificate)), privateKeyOf(seed));
  const signed: SignedCertificate = {
    ...certificate,
    publicKey: certificateKey(seed),
    signature: signature.toString('base64url'),
  };
  return `${JSON.stringify(signed, null, 2)}\n`;
}

/** Whether the text is a certificate that holder of the public key signed, and nobody changed. */
export function isSignedBy(publicKey: string, text: string): boolean {
  try {
    const { publicKey: _, signature, ...certificate } = JSON.parse(text) as SignedCertificate; // checked by the signature
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(JSON.stringify(certificate)), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

export function subjectHash(seed: Buffer, subject: Subject): string {
  const ids = Object.entries(subject)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  return createHmac('sha256', seed)
    .update(`${keeperOf(subject)}\n${ids.join('\n')}`)
    .digest('base64url');
}

/** What this kind of erasure leaves on purpose. */
export function keptBy(kind: SubjectKind): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(PLACES).flatMap(([place, { kept, reach }]) =>
      kept !== undefined && reach[kind] === undefined ? [[place, kept]] : [],
    ),
  );
}
