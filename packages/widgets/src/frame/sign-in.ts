import type { FrameSetting, OpenWidgetSession } from '@carrick/protocol/widget';

const POPUP = 'popup,width=520,height=640';
const CLOSED_EVERY_MS = 500;

/** What the popup sends: to our origin only, from our origin only. */
interface Signed {
  readonly in: 'signed-in';
  readonly code: string;
}

/**
 * Opens the sign-in page, which is first-party there, and waits for its one-time code. The code is worth something only together
 * with `verifier`, which never leaves this frame but to the platform. Null when the person closed the window, or the browser opened none; must be called by a press.
 */
export async function signInByPopup(
  { apiKey, lang }: FrameSetting,
  whenBlocked: () => void,
): Promise<OpenWidgetSession | null> {
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
  // Opened before anything is awaited, or the browser takes it for an unasked window.
  const popup = open('about:blank', '_blank', POPUP);
  if (!popup) {
    queueMicrotask(whenBlocked);
    return null;
  }
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const state = base64url(new Uint8Array(digest));
  const query = new URLSearchParams({ api_key: apiKey, state, lang });
  popup.location.href = `/widgets/sign-in?${query}`;
  const code = await codeFrom(popup);
  return code === null ? null : { code, verifier };
}

function codeFrom(popup: Window): Promise<string | null> {
  return new Promise((resolve) => {
    const end = (code: string | null) => {
      clearInterval(watch);
      removeEventListener('message', take);
      resolve(code);
    };
    const take = ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source === popup && origin === location.origin && isSigned(data)) end(data.code);
    };
    // A window that closes itself may be seen to be closed before what it sent has come: it gets one more turn.
    let wasClosed = false;
    const watch = setInterval(() => {
      if (wasClosed) end(null);
      wasClosed = popup.closed;
    }, CLOSED_EVERY_MS);
    addEventListener('message', take);
  });
}

function isSigned(data: unknown): data is Signed {
  return (
    typeof data === 'object' &&
    data !== null &&
    'in' in data &&
    data.in === 'signed-in' &&
    'code' in data &&
    typeof data.code === 'string'
  );
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
