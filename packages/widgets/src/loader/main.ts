import { callAll } from './callbacks.ts';
import { note, report } from './problem.ts';
import { extensionNames, keyOf, readSettings, type Settings } from './settings.ts';
import { findTags, kindOf, markDone, nameOf } from './tags.ts';
import { openFrame, type WidgetFrame } from './widget-frame.ts';

type EventName = 'systemReady' | 'frameworkLoaded';

/** The one global, as pages know it. */
interface In {
  /** Gives every tag under `root` its frame, takes frames away whose tag has gone, and tells those whose tag has changed. */
  parse(root?: ParentNode): void;
  init(options?: object): void;
  readonly Event: { on(scope: unknown, name: EventName, listener: () => void): void };
  readonly ENV: { readonly js: Settings };
  readonly User: { isAuthorized(): boolean };
  /** Where the original's extensions announced themselves. */
  $extensions(name: string): void;
  /** Ours, and from where: only such a one takes over what another tag of the loader says. */
  readonly [LOADER]: string;
}
const LOADER = Symbol.for('carrick.loader');

declare global {
  interface Window {
    IN?: Partial<In>;
    RSC?: Partial<In>;
  }
}

// Read at once: it is gone as soon as anything is awaited, and never there in a module.
const own =
  (document.currentScript as HTMLScriptElement | null) ?? // what runs now is a script of HTML, not of SVG
  [...document.querySelectorAll<HTMLScriptElement>('script[src]')].findLast(({ src }) =>
    /\/in(-\w+)?\.js$/.test(src),
  );
const base = own ? new URL(own.src).origin : '';
const given = readSettings(own?.textContent ?? '');

const known = [window.IN, window.RSC].find((each) => each?.[LOADER] === base);
if (known?.init) known.init(given);
else if (base) start();

function start(): void {
  const settings: Settings = given;
  const frames = new Map<HTMLScriptElement, WidgetFrame>();
  const noted = new Set<string>();
  const listeners: (() => void)[] = [];
  let isReady = false;

  const once = (text: string, say = note) => {
    if (!noted.has(text)) say(text);
    noted.add(text);
  };

  function parse(root: ParentNode = document): void {
    for (const [tag, frame] of frames) {
      if (frame.isOnPage()) continue;
      frame.remove();
      frames.delete(tag);
    }
    for (const tag of findTags(root)) {
      const frame = frames.get(tag);
      if (frame) frame.update();
      else add(tag);
    }
  }

  function add(tag: HTMLScriptElement): void {
    const name = nameOf(tag);
    const kind = kindOf(name);
    if (!kind) {
      once(`no widget IN/${name} here`, (text) => report(tag, 'unknown_widget', text));
      return;
    }
    if (!extensionNames(settings).some((each) => each.toLowerCase() === name.toLowerCase()))
      once(`${name} is shown, although extensions does not name it`);
    const lang = settings.lang || document.documentElement.lang || 'en';
    frames.set(tag, openFrame(tag, kind, { base, apiKey: keyOf(settings), lang }));
    markDone(tag);
  }

  const api: In = {
    parse,
    init(options = {}) {
      Object.assign(settings, options);
      if (isReady) parse();
    },
    Event: {
      on(_scope, _name, listener) {
        if (isReady) setTimeout(listener);
        else listeners.push(listener);
      },
    },
    ENV: { js: settings },
    User: { isAuthorized: () => false },
    $extensions: (name) => once(`extension ${name} is not loaded`),
    [LOADER]: base,
  };

  if (window.IN) {
    note('IN is another loader’s; this one is RSC');
    window.RSC = api;
  } else window.IN = api;

  addEventListener('message', (event) => {
    for (const frame of frames.values()) frame.hear(event);
  });
  for (const name of extensionNames(settings)) if (!kindOf(name)) once(`no extension ${name} here`);
  const begin = () => {
    parse();
    isReady = true;
    for (const listener of listeners) setTimeout(listener);
    callAll(settings.onload);
    if (own && 'observe' in own.dataset) observe(parse);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
  else setTimeout(begin);
}

/** For pages that change and cannot call `IN.parse()`. */
function observe(parse: () => void): void {
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      parse();
    });
  }).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['data-ats-candidate-id'],
  });
}
