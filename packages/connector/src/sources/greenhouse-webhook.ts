import { createHmac, timingSafeEqual } from 'node:crypto';

const LONGEST_BODY = 5 * 1024 * 1024;

/**
 * Answers Greenhouse's web hooks: `Signature: sha256 {hex}` is the HMAC-SHA256 of the body as it came. What a hook says is not
 * believed but asked for: it only wakes the source, so one that is lost, late or repeated does no harm.
 */
export function greenhouseWebhook(secret: string, wake: () => void): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
    if (Number(request.headers.get('content-length') ?? 0) > LONGEST_BODY)
      return new Response(null, { status: 413 });
    const body = Buffer.from(await request.arrayBuffer());
    const [algorithm, digest = ''] = (request.headers.get('signature') ?? '').split(' ');
    const expected = createHmac('sha256', secret).update(body).digest();
    const given = Buffer.from(digest, 'hex');
    if (algorithm !== 'sha256' || given.length !== expected.length || !timingSafeEqual(given, expected))
      return new Response('The signature is not of this secret.', { status: 401 });
    wake();
    return new Response(null, { status: 204 });
  };
}
