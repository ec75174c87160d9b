import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { HttpRequest } from '../kernel/http.ts';
import { Refusal } from '../session/index.ts';

/** What a frame sent. @throws Refusal BAD_REQUEST */
export function bodyOf<Body extends TSchema>(schema: Body, { body }: HttpRequest): Static<Body> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new Refusal('BAD_REQUEST');
  }
  if (!Value.Check(schema, value)) throw new Refusal('BAD_REQUEST');
  return value;
}
