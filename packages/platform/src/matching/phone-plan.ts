import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
  type PhoneNumberType,
} from 'libphonenumber-js/max';

/** Answered by a company, a machine or nobody: no person's. */
export const IMPERSONAL: ReadonlySet<PhoneNumberType> = new Set<PhoneNumberType>([
  'PREMIUM_RATE',
  'TOLL_FREE',
  'SHARED_COST',
  'UAN',
  'VOICEMAIL',
  'PAGER',
]);

export interface PlainNumber {
  readonly callingCode: string;
  readonly national: string;
}

/** What holds in every country of a calling code: which of them a number belongs to need not be found out. */
interface Plan {
  readonly callingCode: string;
  /** Lengths that are possible in each of the countries. */
  readonly lengths: ReadonlySet<number>;
  /** Beginnings that have to be interpreted: prefixes for dialling within the country. */
  readonly dialled: RegExp | null;
  /** The same, for dialling abroad. */
  readonly abroad: RegExp | null;
  /** Numbers that are no person's in any of the countries. */
  readonly impersonal: RegExp | null;
}

/** What the library's own types leave out of its metadata. */
interface NumberingPlan {
  possibleLengths(): readonly number[] | undefined;
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string | undefined;
  type(name: PhoneNumberType): { pattern(): string | undefined } | undefined;
}

/**
 * Reads a number in which nothing is to be interpreted: no prefix but the calling code, a length that all its countries have,
 * personal in all of them. The library finds the same and takes twenty times as long. Null: it has to be asked.
 * `digits` are those of the text.
 */
export function plainNumber(
  text: string,
  digits: string,
  region: CountryCode | undefined,
): PlainNumber | null {
  if (!PLAIN.test(text)) return null;
  if (text.startsWith('+')) {
    const plan = planOfInternational(digits);
    return plan && read(plan, digits.slice(plan.callingCode.length));
  }
  const plan = region && planOf(region);
  // It may be meant to begin with the calling code, or with what is dialled before one.
  if (!plan || digits.startsWith(plan.callingCode) || plan.abroad?.test(digits)) return null;
  return read(plan, digits);
}

const PLAIN = /^\+?[0-9 .()-]+$/;

function read({ callingCode, lengths, dialled, impersonal }: Plan, national: string): PlainNumber | null {
  if (!lengths.has(national.length) || dialled?.test(national) || impersonal?.test(national)) return null;
  return { callingCode, national };
}

const plans = new Map<CountryCode, Plan>();
let regions: ReadonlyMap<string, readonly CountryCode[]> | null = null;

/** No calling code is the beginning of another. */
function planOfInternational(digits: string): Plan | null {
  for (let length = 1; length <= 3; length++) {
    const [any] = regionsOf(digits.slice(0, length));
    if (any) return planOf(any);
  }
  return null;
}

function regionsOf(callingCode: string): readonly CountryCode[] {
  regions ??= Map.groupBy(getCountries(), (region) => getCountryCallingCode(region));
  return regions.get(callingCode) ?? [];
}

function planOf(region: CountryCode): Plan {
  const known = plans.get(region);
  if (known) return known;
  const callingCode = getCountryCallingCode(region);
  const all = regionsOf(callingCode).map(numberingPlan);
  const own = numberingPlan(region);
  const plan: Plan = {
    callingCode,
    lengths: new Set(
      own
        .possibleLengths()
        ?.filter((length) => all.every((each) => each.possibleLengths()?.includes(length))),
    ),
    dialled: startOf(all.map((each) => each.nationalPrefixForParsing())),
    abroad: startOf([own.IDDPrefix()]),
    impersonal: wholeOf(all.flatMap((each) => [...IMPERSONAL].map((type) => each.type(type)?.pattern()))),
  };
  plans.set(region, plan);
  return plan;
}

function numberingPlan(region: CountryCode): NumberingPlan {
  const metadata = new Metadata();
  metadata.selectNumberingPlan(region);
  if (!metadata.numberingPlan) throw new Error(`no numbering plan of ${region}`);
  return metadata.numberingPlan as unknown as NumberingPlan; // the methods are there, in every version of the last years
}

const startOf = (patterns: readonly (string | undefined)[]): RegExp | null => anyOf(patterns, '');
const wholeOf = (patterns: readonly (string | undefined)[]): RegExp | null => anyOf(patterns, '$');

function anyOf(patterns: readonly (string | undefined)[], end: '' | '$'): RegExp | null {
  const distinct = [...new Set(patterns.filter(Boolean))];
  return distinct.length > 0 ? new RegExp(`^(?:${distinct.join('|')})${end}`) : null;
}
