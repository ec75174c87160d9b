import anyAscii from 'any-ascii';
import { getCountries } from 'libphonenumber-js/max';

const OTHER_NAMES: Readonly<Record<string, string>> = {
  usa: 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  deu: 'DE',
  gbr: 'GB',
  fra: 'FR',
  esp: 'ES',
  ita: 'IT',
  jpn: 'JP',
  chn: 'CN',
  kor: 'KR',
  'south korea': 'KR',
  'republic of korea': 'KR',
  'russian federation': 'RU',
  uae: 'AE',
  'viet nam': 'VN',
  turkey: 'TR',
  'czech republic': 'CZ',
  holland: 'NL',
  'the netherlands': 'NL',
  prc: 'CN',
  ind: 'IN',
  can: 'CA',
  aus: 'AU',
  bra: 'BR',
  mex: 'MX',
};

let names: ReadonlyMap<string, string> | null = null;

/** ISO 3166, two letters; null for what names no country. */
export function canonicalCountry(raw: string): string | null {
  const text = raw.trim();
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase() === 'UK' ? 'GB' : text.toUpperCase();
  names ??= countryNames();
  return names.get(folded(text)) ?? null;
}

/** In English and in the languages whose people are most likely to write their own. */
function countryNames(): Map<string, string> {
  const known = new Map(Object.entries(OTHER_NAMES));
  for (const language of [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'nl',
    'pl',
    'tr',
    'ru',
    'zh',
    'ja',
    'ko',
    'ar',
    'vi',
  ]) {
    const display = new Intl.DisplayNames([language], { type: 'region' });
    for (const code of getCountries()) {
      const name = folded(display.of(code) ?? code);
      if (!known.has(name)) known.set(name, code);
    }
  }
  return known;
}

function folded(text: string): string {
  return anyAscii(text)
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
}
