import { createHmac, timingSafeEqual } from 'node:crypto';
import { CHALLENGE, signedText } from '@carrick/protocol';

/** Whether the platform signed these bytes under one of the secrets. Takes as long whatever is wrong. */
export function isSigned(body: Uint8Array, signature: string, secrets: readonly string[]): boolean {
  const given = Buffer.from(signature.trim().toLowerCase(), 'latin1');
  const prefix = Buffer.from(signedText(''), 'latin1');
  let isGood = false;
  for (const secret of secrets) {
    const expected = Buffer.from(
      createHmac('sha256', secret).update(prefix).update(body).digest('hex'),
      'latin1',
    );
    if (given.length === expected.length && timingSafeEqual(given, expected)) isGood = true;
  }
  return isGood;
}

/** The answer to the question whether this address serves the application. */
export function challengeAnswer(code: string, secret: string): Record<string, string> {
  return {
    [CHALLENGE.code]: code,
    [CHALLENGE.response]: createHmac('sha256', secret).update(code).digest('hex'),
  };
}
