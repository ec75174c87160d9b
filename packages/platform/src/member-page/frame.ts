import type { Language } from '../consent/index.ts';
import { escapeHtml } from '../kernel/escape-html.ts';
import type { HttpRequest, HttpResponse } from '../kernel/http.ts';
import { plainPage } from '../kernel/plain-page.ts';
import { isLanguage } from './member-page.ts';
import { BAD, fill, GOOD, type SaidCode, type Words } from './words.ts';
import { WORDS } from './words-by-language.ts';

/** A page of a member in the language that he or she chose, or else that the browser asks for. */
export interface Frame {
  readonly language: Language;
  readonly words: Words;
  readonly path: string;
  /** For addresses on the page: keeps the chosen language. */
  url(query?: Readonly<Record<string, string>>): string;
  date(at: number): string;
}

export function frameOf(request: HttpRequest, path = request.path): Frame {
  const chosen = new URLSearchParams(request.rawQuery).get('lang');
  const language = isLanguage(chosen) ? chosen : preferred(request.headers['accept-language'] ?? '');
  const dates = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    language,
    words: WORDS[language],
    path,
    url(query = {}) {
      const all = new URLSearchParams({
        ...query,
        ...(isLanguage(chosen) ? { lang: chosen } : {}),
      }).toString();
      return all === '' ? path : `${path}?${all}`;
    },
    date: (at) => dates.format(at),
  };
}

/** The first of a browser's languages that we have; browsers list them in order. */
function preferred(acceptLanguage: string): Language {
  for (const range of acceptLanguage.split(',').slice(0, 20)) {
    const language = range.trim().slice(0, 2).toLowerCase();
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export function page(
  frame: Frame,
  status: number,
  title: string,
  body: string,
  { said = null, header = '' }: { readonly said?: SaidCode | null; readonly header?: string } = {},
): HttpResponse {
  const { language, words, path } = frame;
  const other = language === 'en' ? 'de' : 'en';
  return plainPage(status, {
    language,
    title,
    skip: words.skip,
    header,
    body: `${notice(words, said)}${body}`,
    footer: `<a href="${escapeHtml(`${path}?lang=${other}`)}" hreflang="${other}" lang="${other}">${words.otherLanguage}</a>`,
  });
}

function notice(words: Words, said: SaidCode | null): string {
  if (said === null) return '';
  const isBad = BAD.some((code) => code === said);
  return `<p class="said ${isBad ? 'bad' : 'good'}" role="${isBad ? 'alert' : 'status'}">${escapeHtml(words.said[said])}</p>`;
}

/** What the form before this page came to. */
export function saidIn(request: HttpRequest): SaidCode | null {
  const code = new URLSearchParams(request.rawQuery).get('said');
  return [...GOOD, ...BAD].find((known) => known === code) ?? null;
}

/** Words with values in them, as HTML. */
export function html(text: string, values: Readonly<Record<string, string>> = {}): string {
  return escapeHtml(fill(text, values));
}
