import type { LiveEvent } from '@carrick/protocol/recruiter';

/**
 * One event stream per browser, whatever the number of tabs: plain HTTP allows six connections per origin, and each
 * stream holds one for good. The tab that holds the lock opens the stream and tells the others; when it goes, the lock
 * passes to the next. Without locks (an origin that is not secure) every tab opens its own.
 */
const LOCK = 'carrick.events';
const REOPEN_MS = 5000;

type Word =
  | { readonly kind: 'event'; readonly event: LiveEvent }
  | { readonly kind: 'state'; readonly isUp: boolean }
  /** A tab that has just begun to listen asks how the stream is. */
  | { readonly kind: 'hello' };

export interface StreamListener {
  event(event: LiveEvent): void;
  /** False while nothing would arrive: the page then asks by itself. */
  state(isUp: boolean): void;
}

/** Listens until `signal` is aborted. */
export function followEvents(path: string, listener: StreamListener, signal: AbortSignal): void {
  const channel = new BroadcastChannel(LOCK);
  let leads = false;
  let isUp = false;

  const say = (word: Word) => channel.postMessage(word);
  const turn = (nowUp: boolean) => {
    isUp = nowUp;
    say({ kind: 'state', isUp });
    listener.state(isUp);
  };
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    switch (data.kind) {
      case 'hello':
        if (leads) say({ kind: 'state', isUp });
        break;
      case 'state':
        if (!leads) listener.state(data.isUp);
        break;
      case 'event':
        if (!leads) listener.event(data.event);
        break;
    }
  };
  signal.addEventListener('abort', () => channel.close(), { once: true });
  say({ kind: 'hello' });

  const lead = () => {
    leads = true;
    return readStream(
      path,
      (event) => {
        say({ kind: 'event', event });
        listener.event(event);
      },
      turn,
      signal,
    );
  };
  if (navigator.locks) navigator.locks.request(LOCK, { signal }, lead).catch(ignoreAbort);
  else void lead();
}

/** Reads the stream until `signal` is aborted. The browser reopens one that broke; one that was refused, we do. */
function readStream(
  path: string,
  onEvent: (event: LiveEvent) => void,
  onState: (isUp: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | undefined;
    let reopening: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource(path);
      source.onopen = () => onState(true);
      source.onmessage = ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data));
      source.onerror = () => {
        onState(false);
        if (source?.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
      };
    };
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(reopening);
        source?.close();
        resolve();
      },
      { once: true },
    );
    open();
  });
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
}
