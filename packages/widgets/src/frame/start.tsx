import type {
  FrameMessage,
  FrameSetting,
  OpenWidgetSession,
  WidgetData,
  WidgetErrorCode,
  WidgetKind,
  WidgetMe,
  WidgetPerson,
} from '@carrick/protocol/widget';
import { type ComponentType, render } from 'preact';
import { type Api, ApiFailure, apiFor } from './api.ts';
import { connect, type Host } from './connect.ts';
import './frame.css';
import { followHeight } from './height.ts';
import { watchView } from './settled.ts';
import { Shell } from './shell.tsx';
import { signInByPopup } from './sign-in.ts';
import { loadFrameWords } from './words.ts';

/** What a widget is given: the page around it, and the platform. A new one whenever the tag's attributes changed. */
export interface Frame {
  readonly kind: WidgetKind;
  readonly lang: string;
  /** The tag's `data-…` attributes, named as in `dataset`: `atsCandidateId`, `showUnlinkUrl`. */
  readonly data: WidgetData;
  readonly api: Api;
  /** A callback of the page: `{in: 'onlink', person}`. */
  tell(message: FrameMessage): void;
  /** The content is there, for the page's monitoring. Asked for again it does nothing. */
  ready(): void;
  /** Nothing can be shown: what is wrong stands there instead, with a way to try again, and the page is told where it concerns it. */
  fail(error: unknown): void;
  /** The same person on another contract; the widget is drawn anew with the new `me`. @throws {ApiFailure} */
  chooseSeat(seatId: string): Promise<void>;
}

export interface WidgetProps {
  readonly frame: Frame;
  readonly me: WidgetPerson;
}
export interface SeatlessProps {
  readonly frame: Frame;
}

/** One kind of widget. */
export interface Widget {
  readonly kind: WidgetKind;
  /** Fetches what is needed before anything is drawn, such as the words of a language. */
  prepare?(lang: string): Promise<void>;
  /** For somebody with a seat. Drawn anew when the tag's attributes or the contract change. */
  readonly View: ComponentType<WidgetProps>;
  /** For somebody without, for whom the ATS vouches; absent: a sentence says that a seat is needed. */
  readonly Seatless?: ComponentType<SeatlessProps>;
}

/** What is shown, besides what the tag and the page say. */
export type Stage =
  | { readonly at: 'loading' }
  | { readonly at: 'failed'; readonly error: unknown }
  | { readonly at: 'signing-in' }
  | { readonly at: 'blocked' }
  | { readonly at: 'known'; readonly me: WidgetMe };

/** Runs the frame: shakes hands with the page, finds out who sits there, draws. */
export async function startFrame(widget: Widget): Promise<void> {
  const setting = readSetting();
  const root = document.getElementById('root');
  if (!root) throw new Error('no root');
  document.documentElement.lang = setting.lang.replace('_', '-');
  watchView();
  const [host] = await Promise.all([
    connect(setting),
    loadFrameWords(setting.lang),
    widget.prepare?.(setting.lang),
  ]);
  // Without a page that answers there is nobody to draw for; the loader says so on the page.
  if (!host) return;
  setTheme(host.init.data);
  followHeight(host);
  new FrameRun(widget, setting, host, root).start();
}

/** A frame from its handshake on. */
class FrameRun {
  readonly #widget: Widget;
  readonly #setting: FrameSetting;
  readonly #host: Host;
  readonly #root: HTMLElement;
  #data: WidgetData;
  #frame: Frame;
  #stage: Stage = { at: 'loading' };
  #isReady = false;
  /** Counts what changes everything: the tag's attributes, the person, the contract. */
  #era = 0;

  constructor(widget: Widget, setting: FrameSetting, host: Host, root: HTMLElement) {
    this.#widget = widget;
    this.#setting = setting;
    this.#host = host;
    this.#root = root;
    this.#data = host.init.data;
    this.#frame = this.#makeFrame();
  }

  start(): void {
    this.#host.listen((message) => {
      this.#data = message.data;
      setTheme(message.data);
      this.#frame = this.#makeFrame();
      void this.#identify();
    });
    this.#draw();
    void this.#identify();
  }

  #makeFrame(): Frame {
    const { kind, lang } = this.#setting;
    const data = this.#data;
    const api = apiFor(this.#setting, data, () => this.#show({ at: 'known', me: { state: 'signed-out' } }));
    return {
      kind,
      lang,
      data,
      api,
      tell: (message) => this.#host.tell(message),
      ready: () => this.#ready(),
      fail: (error) => this.#fail(error),
      chooseSeat: async (seatId) => this.#know(await api.post<WidgetMe>('seat', { seatId })),
    };
  }

  /** With a token of the ATS, only the session that this token opened counts: another may be that of whoever sat here before. */
  async #identify(): Promise<void> {
    const { sessionToken } = this.#data;
    const { api } = this.#frame;
    await this.#attempt(() =>
      sessionToken ? api.post<WidgetMe>('session', { token: sessionToken }) : api.get<WidgetMe>('me'),
    );
  }

  #signIn = async (): Promise<void> => {
    const opening = signInByPopup(this.#setting, () => this.#show({ at: 'blocked' }));
    this.#show({ at: 'signing-in' });
    const proof: OpenWidgetSession | null = await opening;
    if (proof) return this.#attempt(() => this.#frame.api.post<WidgetMe>('session', proof));
    if (this.#stage.at === 'signing-in') this.#show({ at: 'known', me: { state: 'signed-out' } });
  };

  async #attempt(ask: () => Promise<WidgetMe>): Promise<void> {
    try {
      this.#know(await ask());
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    // Who is signed out is asked to sign in: the API has seen to it.
    if (error instanceof ApiFailure && error.code === 'SIGNED_OUT') return;
    this.#show({ at: 'failed', error });
    this.#tellFailure(error);
  }

  #know(me: WidgetMe): void {
    this.#era += 1;
    this.#show({ at: 'known', me });
  }

  #show(stage: Stage): void {
    this.#stage = stage;
    this.#draw();
    if (stage.at !== 'loading' && !(stage.at === 'known' && stage.me.state === 'signed-in')) this.#ready();
  }

  #ready(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#host.tell({ in: 'ready' });
  }

  #tellFailure(error: unknown): void {
    const code = error instanceof ApiFailure ? HOST_ERRORS[error.code] : undefined;
    if (code) this.#host.tell({ in: 'error', code, text: HOST_TEXTS[code] });
  }

  #draw(): void {
    render(
      <Shell
        widget={this.#widget}
        frame={this.#frame}
        stage={this.#stage}
        era={this.#era}
        signIn={this.#signIn}
        retry={() => void this.#identify()}
      />,
      this.#root,
    );
  }
}

/** What of our refusals concerns whoever builds the page. */
const HOST_ERRORS: Readonly<Record<string, 'bad_context' | 'not_enabled' | 'unreachable'>> = {
  WIDGET_BAD_CONTEXT: 'bad_context',
  WIDGET_OFF: 'not_enabled',
  UNREACHABLE: 'unreachable',
};
const HOST_TEXTS = {
  bad_context: 'data-integration-context is not of this api_key',
  not_enabled: 'its integration is not ENABLED',
  unreachable: 'no answer',
} as const satisfies Partial<Record<WidgetErrorCode, string>>;

function readSetting(): FrameSetting {
  const element = document.getElementById('setting');
  if (!element?.textContent) throw new Error('no setting');
  return JSON.parse(element.textContent);
}

/** `data-theme="dark"` and `auto`; most ATSs are light. */
function setTheme({ theme = 'light' }: WidgetData): void {
  document.documentElement.dataset.theme = theme;
}
