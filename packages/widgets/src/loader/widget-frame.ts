import {
  type Init,
  isFrameMessage,
  isHello,
  MOST_FRAME_PX,
  WIDGET_CALLBACKS,
  WIDGET_MESSAGES_VERSION,
  type WidgetErrorCode,
  type WidgetKind,
} from '@carrick/protocol/widget';
import { callAll } from './callbacks.ts';
import { report, show, tell } from './problem.ts';
import { dataOf, widthOf } from './tags.ts';

/** The document was loaded and is not ours: a refused one fires `load` as well, and only its silence tells. */
const SILENCE_MS = 1_500;
const START_PX = 120;
const SANDBOX =
  'allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-storage-access-by-user-activation';

/** In English and German. */
const TITLES = {
  hcm: ['Live profile', 'Aktuelles Profil'],
  onboarding: ['Set up the connection', 'Verbindung einrichten'],
} as const satisfies Record<WidgetKind, readonly [string, string]>;

export interface Place {
  /** Scheme and host of the loader itself: no page can point a frame elsewhere. */
  readonly base: string;
  readonly apiKey: string | null;
  readonly lang: string;
}

/** One tag's frame, beside the tag: that stays where it is, because the page's framework owns it. */
export interface WidgetFrame {
  isOnPage(): boolean;
  remove(): void;
  /** The tag's attributes may have changed. */
  update(): void;
  /** A message to the page, of whomever. */
  hear(event: MessageEvent<unknown>): void;
}

export function openFrame(
  tag: HTMLScriptElement,
  kind: WidgetKind,
  { base, apiKey, lang }: Place,
): WidgetFrame {
  const box = document.createElement('span');
  const frame = document.createElement('iframe');
  const { style } = frame;
  /** The last one that the frame has spoken on. */
  let port: MessagePort | undefined;
  let told = '';
  let isHeard = false;
  let problem: HTMLElement | undefined;

  const fail = (code: WidgetErrorCode, text: string) => {
    style.setProperty('display', 'none', 'important');
    problem?.remove();
    problem = show(box, `This widget cannot be shown: ${text}.`);
    report(tag, code, text);
  };
  const unlessHeard = () => {
    if (isHeard || !box.isConnected) return;
    if (!navigator.onLine) return fail('unreachable', `${base} cannot be reached: this browser is offline`);
    const pages = [location.origin, ...(location.ancestorOrigins ?? [])].join(', ');
    fail(
      'origin_not_allowed',
      `${base} refuses ${pages}: check api_key, and that validJsSdkDomains of its application lists each of them`,
    );
  };

  const take = (message: unknown) => {
    if (!isFrameMessage(message)) return;
    if (message.in === 'resize') style.height = `${Math.min(message.h, MOST_FRAME_PX)}px`;
    else if (message.in === 'error') report(tag, message.code, message.text);
    else if (message.in === 'ready') tell(tag, 'ready');
    else {
      const own: readonly string[] = WIDGET_CALLBACKS[kind];
      const given = message.in === 'onintegrate' ? message.integrations : message.person;
      if (own.includes(message.in)) callAll(tag.dataset[message.in], given);
    }
  };

  box.className = 'IN-widget';
  // A frame in the head is never seen: some sample pages have no body tag.
  if (document.head?.contains(tag)) document.body.append(box);
  else tag.before(box);
  if (apiKey === null) fail('no_key', 'its loader has no api_key, the application’s client id');
  else {
    frame.src = `${base}/widgets/${kind}?${new URLSearchParams({ api_key: apiKey, lang })}`;
    frame.title = TITLES[kind][/^de/i.test(lang) ? 1 : 0];
    frame.referrerPolicy = 'origin';
    frame.setAttribute('sandbox', SANDBOX);
    style.cssText = `display:block!important;border:0;max-width:100%;height:${START_PX}px;width:${widthOf(tag)}`;
    frame.onload = () => setTimeout(unlessHeard, SILENCE_MS);
    box.append(frame);
  }

  return {
    isOnPage: () => tag.isConnected && box.isConnected,
    remove() {
      port?.close();
      box.remove();
    },
    update() {
      style.width = widthOf(tag);
      const data = dataOf(tag);
      const text = JSON.stringify(data);
      if (!port || text === told) return;
      told = text;
      port.postMessage({ in: 'update', data });
    },
    /** A frame says hello, and says it again until it is answered, so each hello gets a port; the frame takes the first. */
    hear({ source, origin, data: hello }) {
      if (source !== frame.contentWindow || origin !== base || !isHello(hello)) return;
      isHeard = true;
      problem?.remove();
      style.setProperty('display', 'block', 'important');
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<unknown>) => {
        port = port1;
        take(data);
      };
      const data = dataOf(tag);
      const init: Init = { in: 'init', v: WIDGET_MESSAGES_VERSION, data };
      told = JSON.stringify(data);
      frame.contentWindow?.postMessage(init, base, [port2]);
    },
  };
}
