import anyAscii from 'any-ascii';
import { canonicalCountry } from './country.ts';

/** Where somebody lives, as either side writes it. */
export interface WrittenPlace {
  readonly line1?: string | null;
  readonly line2?: string | null;
  readonly line3?: string | null;
  readonly line4?: string | null;
  readonly city?: string | null;
  readonly geographicArea?: string | null;
  readonly postalCode?: string | null;
  readonly country?: string | null;
}

/** Folded; null or empty where nothing is known. */
export interface Place {
  readonly city: string | null;
  readonly area: string | null;
  /** Without blanks. */
  readonly postcode: string | null;
  readonly country: string | null;
  /** The words of the lines: house number, street, whatever else stands there. */
  readonly lines: readonly string[];
  readonly houseNumber: string | null;
}

/** Words of an address that say nothing, and how the others are shortened. */
const STREET_WORDS = new Map<string, string>(
  Object.entries({
    st: 'street',
    str: 'strasse',
    rd: 'road',
    ave: 'avenue',
    av: 'avenue',
    dr: 'drive',
    ln: 'lane',
    ct: 'court',
    crt: 'court',
    cres: 'crescent',
    cr: 'crescent',
    pl: 'place',
    blvd: 'boulevard',
    hwy: 'highway',
    pde: 'parade',
    tce: 'terrace',
    cct: 'circuit',
    cl: 'close',
    gr: 'grove',
  }),
);

/** Null where it names no place. */
export function canonicalPlace(written: WrittenPlace): Place | null {
  const lines = [written.line1, written.line2, written.line3, written.line4]
    .flatMap((line) => (line ? words(line) : []))
    .map((word) => STREET_WORDS.get(word) ?? word);
  const city = written.city ? words(written.city).join(' ') : '';
  const area = written.geographicArea ? words(written.geographicArea).join(' ') : '';
  const postcode = written.postalCode ? words(written.postalCode).join('') : '';
  const country = written.country ? canonicalCountry(written.country) : null;
  if (lines.length === 0 && !city && !area && !postcode && !country) return null;
  return {
    city: city || null,
    area: area || null,
    postcode: postcode || null,
    country,
    lines,
    houseNumber: lines.find((word) => /^\d/.test(word)) ?? null,
  };
}

/** "Berlin, Germany", "Greater London Area", "San Francisco, California, United States" */
export function placeOfLocation(location: string): Place | null {
  const parts = location
    .split(/[,;|/·•]| - /)
    .map((part) => part.trim())
    .filter(Boolean);
  const last = parts.at(-1);
  const country = parts.length > 1 && last ? canonicalCountry(last) : null;
  if (country) parts.pop();
  const [city = null, ...rest] = parts;
  return canonicalPlace({
    city: city?.replace(/^greater\s+|\s+(metropolitan\s+)?(area|region)$/gi, '') ?? null,
    geographicArea: rest[0] ?? null,
    country,
  });
}

function words(text: string): string[] {
  return anyAscii(text.normalize('NFKC'))
    .toLowerCase()
    .replaceAll(/['`’.]/g, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
