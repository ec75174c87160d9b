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
  readonly houseNumber: string | null;
  /** The first word of the lines that is no number. */
  readonly street: string | null;
  /** The lines without numbers and what every street is called. */
  readonly streetWords: readonly string[];
  /** Is the city written in other than Latin letters? */
  readonly isForeign: boolean;
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

/** What a city is also called, at home or abroad. */
const ALSO: Readonly<Record<string, string>> = {
  'abu dhabi': 'abwzby|abu zaby',
  alexandria: 'alaskndryh|alexandrie',
  ankara: 'angora',
  antwerp: 'antwerpen|anvers',
  athens: 'athina',
  beijing: 'peking|bei jing|beijing shi',
  belgrade: 'beograd',
  bengaluru: 'bangalore',
  brussels: 'bruxelles|brussel',
  bucharest: 'bucuresti',
  busan: 'pusan|busangwangyeogsi',
  cairo: 'alqahrh|al qahirah',
  chennai: 'madras',
  cologne: 'koln|koeln',
  copenhagen: 'kobenhavn|kopenhagen',
  'da nang': 'danang',
  dubai: 'dby',
  dusseldorf: 'duesseldorf',
  florence: 'firenze',
  frankfurt: 'frankfurt am main|frankfurt main',
  geneva: 'geneve|genf',
  genoa: 'genova',
  gothenburg: 'goteborg',
  guangzhou: 'canton',
  gurugram: 'gurgaon',
  hanoi: 'ha noi',
  hanover: 'hannover',
  'ho chi minh city': 'thanh pho ho chi minh|saigon|ho chi minh|tp hcm|tphcm|hcmc',
  jeddah: 'jdh|jiddah',
  kharkiv: 'kharkov',
  kolkata: 'calcutta',
  krakow: 'cracow',
  kyiv: 'kiev|kyyiv',
  lisbon: 'lisboa',
  'los angeles': 'la',
  lviv: 'lvov',
  'mexico city': 'ciudad de mexico|cdmx|mexico df',
  milan: 'milano',
  moscow: 'moskva|moskau',
  mumbai: 'bombay',
  munich: 'munchen|muenchen',
  naples: 'napoli',
  'new york': 'new york city|nyc',
  nuremberg: 'nurnberg|nuernberg',
  odesa: 'odessa',
  osaka: 'daban|osaka shi',
  porto: 'oporto',
  prague: 'praha',
  pune: 'poona',
  riyadh: 'alryad|ar riyad',
  rome: 'roma',
  'saint petersburg': 'sankt peterburg|st petersburg',
  'san francisco': 'sf',
  seoul: 'seoulteugbyeolsi|seo ul',
  seville: 'sevilla',
  taipei: 'taibei',
  tehran: 'teheran',
  'tel aviv': 'tel aviv yafo|tl abyb',
  'the hague': 'den haag|s gravenhage',
  tokyo: 'dongjing|dong jing|dongjingdou',
  turin: 'torino',
  venice: 'venezia',
  vienna: 'wien',
  warsaw: 'warszawa',
  washington: 'washington dc',
  zurich: 'zuerich',
};
const CITIES = new Map(
  Object.entries(ALSO).flatMap(([city, others]) => others.split('|').map((other) => [other, city] as const)),
);

const STREET_KINDS = new Set(
  'street strasse road avenue drive lane court crescent place boulevard highway parade terrace circuit close grove way rue via calle rua ulica the unit flat apt apartment floor house'.split(
    ' ',
  ),
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
    city: CITIES.get(city) ?? (city || null),
    area: area || null,
    postcode: postcode || null,
    country,
    street: lines.find((word) => !/^\d/.test(word)) ?? null,
    streetWords: lines.filter((word) => word.length > 2 && !/\d/.test(word) && !STREET_KINDS.has(word)),
    houseNumber: lines.find((word) => /^\d/.test(word)) ?? null,
    isForeign: /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u.test(written.city ?? ''),
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
