import {
  type FrameMessage,
  type FrameSetting,
  type Hello,
  type Init,
  isInit,
  isPageMessage,
  type PageMessage,
  WIDGET_MESSAGES_VERSION,
} from '@carrick/protocol/widget';

/** The page that holds the frame, once it has answered. */
export interface Host {
  readonly init: Init;
  tell(message: FrameMessage): void;
  listen(take: (message: PageMessage) => void): void;
}

const HELLO: Hello = { in: 'hello', v: WIDGET_MESSAGES_VERSION };
const HELLO_EVERY_MS = 150;
const GIVE_UP_MS = 5_000;

/**
 * Says hello until the page answers. What is accepted: from the parent only, from an origin that the server listed for this key, with
 * a port, once. Null when nobody answered.
 */
export function connect({ origins }: Pick<FrameSetting, 'origins'>): Promise<Host | null> {
  return new Promise((resolve) => {
    const end = (host: Host | null) => {
      clearInterval(again);
      clearTimeout(patience);
      removeEventListener('message', take);
      resolve(host);
    };
    const take = ({ source, origin, data, ports: [port] }: MessageEvent<unknown>) => {
      if (source !== parent || !origins.includes(origin) || !port || !isInit(data)) return;
      end(hostBehind(port, data));
    };
    const hello = () => parent.postMessage(HELLO, '*');
    const again = setInterval(hello, HELLO_EVERY_MS);
    const patience = setTimeout(() => end(null), GIVE_UP_MS);
    addEventListener('message', take);
    hello();
  });
}

function hostBehind(port: MessagePort, init: Init): Host {
  return {
    init,
    tell: (message) => port.postMessage(message),
    listen(take) {
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (isPageMessage(data)) take(data);
      };
    },
  };
}
