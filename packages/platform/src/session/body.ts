import { parseJson } from '@carrick/protocol';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { HttpRequest } from '../kernel/http.ts';
import { Refusal } from './refusal.ts';

type Sent = Pick<HttpRequest, 'body'>;

/** The JSON that a browser sent; PostgreSQL has no NUL in its texts. @throws Refusal BAD_REQUEST */
export function jsonOf({ body }: Sent): unknown {
  if (body.includes('\\u0000')) throw new Refusal('BAD_REQUEST');
  try {
    return parseJson(body.toString('utf8'));
  } catch {
    throw new Refusal('BAD_REQUEST');
  }
}

/** The same, of one form. @throws Refusal BAD_REQUEST */
export function bodyOf<Body extends TSchema>(schema: Body, sent: Sent): Static<Body> {
  const value = jsonOf(sent);
  if (!Value.Check(schema, value)) throw new Refusal('BAD_REQUEST');
  return value;
}
