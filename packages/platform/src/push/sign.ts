import { createHmac } from 'node:crypto';
import { SIGNATURE_HEADER, STANDARD_HEADERS, signedText, standardSignedText } from '@carrick/protocol';

/** The secrets of a customer's application, as far as they are good now. */
export interface Signer {
  readonly secret: string;
  /** After a rotation, while it is still good. */
  readonly formerSecret: string | null;
  /** Whether a token was fetched with `secret` since the rotation: the ATS has it. */
  readonly isSecretKnown: boolean;
}

/** Hexadecimal, as `X-LI-Signature` carries it. */
export function signature(secret: string, body: string): string {
  return createHmac('sha256', secret).update(signedText(body)).digest('hex');
}

/** Without the prefix of `signature`. */
export function challengeResponse(secret: string, code: string): string {
  return createHmac('sha256', secret).update(code).digest('hex');
}

/**
 * The headers of one attempt. Of two good secrets `X-LI-Signature` has room for one: the former, until the ATS has shown that
 * it knows the new one. For a Standard Webhooks library the secret is `whsec_` and the base64 of the client secret.
 */
export function signatureHeaders(
  { secret, formerSecret, isSecretKnown }: Signer,
  { id, body, at }: { readonly id: string; readonly body: string; readonly at: number },
): Record<string, string> {
  const timestamp = Math.floor(at / 1000);
  const text = standardSignedText(id, timestamp, body);
  const standard = (key: string) => `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  const good = formerSecret === null ? [secret] : [secret, formerSecret];
  return {
    [SIGNATURE_HEADER]: signature(isSecretKnown ? secret : (formerSecret ?? secret), body),
    [STANDARD_HEADERS.id]: id,
    [STANDARD_HEADERS.timestamp]: String(timestamp),
    [STANDARD_HEADERS.signature]: good.map(standard).join(' '),
  };
}
