import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { IMPERSONAL, plainNumber } from './phone-plan.ts';

/** A number as somebody wrote it. */
export interface WrittenPhone {
  readonly number: string;
  readonly extension?: string | null;
}

export interface CanonicalPhone {
  /** Null where no country says how to read the number: then it identifies nobody. */
  readonly e164: string | null;
  /** The last nine digits; null for a number that is shorter. */
  readonly last9: string | null;
}

/** What is typed where a number is demanded: one digit again and again, or counted up or down. */
const PLACEHOLDER = /^\d{0,4}?(\d)\1{6,}$|^0*1234567(8(9(0\d?)?)?)?$|^0*9876543(2(10?)?)?$/;

/** Null for what is no person's number. `country` (ISO 3166, two letters) is where a number without a prefix is dialled. */
export function canonicalPhone({ number }: WrittenPhone, country: string | null): CanonicalPhone | null {
  const text = number.normalize('NFKC').replace(/^[^\d+(]*00(?=[1-9])/, '+');
  const digits = text.replace(/(ext|x|#|;).*$/i, '').replaceAll(/\D/g, '');
  if (digits.length < 5 || digits.length > 18 || PLACEHOLDER.test(digits)) return null;
  const region: CountryCode | undefined = country && isSupportedCountry(country) ? country : undefined;
  const plain = plainNumber(text, digits, region);
  if (plain) return canonical(plain.callingCode, plain.national);
  const parsed = parsePhoneNumberFromString(text, region);
  // Possible is enough: what is assigned changes faster than any table, and both sides must have the very number.
  if (!parsed?.isPossible()) return digits.length < 9 ? null : { e164: null, last9: digits.slice(-9) };
  const type = parsed.getType();
  if (type && IMPERSONAL.has(type)) return null;
  return canonical(parsed.countryCallingCode, parsed.nationalNumber);
}

function canonical(callingCode: string, national: string): CanonicalPhone {
  return { e164: `+${callingCode}${national}`, last9: national.length >= 9 ? national.slice(-9) : null };
}
