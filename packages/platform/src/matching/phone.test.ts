import fc from 'fast-check';
import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { canonicalPhone } from './phone.ts';

const e164 = (number: string, country: string | null = null) =>
  canonicalPhone({ number }, country)?.e164 ?? null;

describe('canonicalPhone', () => {
  test.each([
    ['+49 30 901820', null],
    ['0049 30 901820', null],
    ['+49 (0)30 / 90 18 20', null],
    ['tel:+49-30-901820', null],
    ['030 901820', 'DE'],
    ['(030) 901820 ext. 7', 'DE'],
  ])('MA26 %s is one number', (number, country) => {
    expect(e164(number, country)).toBe('+4930901820');
  });

  test('MA26 without a country a number has nine digits to be recognised by, and identifies nobody', () => {
    expect(canonicalPhone({ number: '(415) 555-2671' }, null)).toEqual({ e164: null, last9: '155552671' });
    expect(canonicalPhone({ number: '(415) 555-2671' }, 'US')?.last9).toBe('155552671');
  });

  test.each(['+1 800 555 0199', '0000000000', '1234567890', '12', '', 'call me'])(
    "MA26 %j is no person's",
    (number) => {
      expect(e164(number, 'US')).toBeNull();
    },
  );

  test('MA6 MA26 the canonical form of a canonical form is itself', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\+?[0-9 ()-]{6,16}$/),
        fc.constantFrom('DE', 'US', 'IN', 'BR', null),
        (number, country) => {
          const once = e164(number, country);
          if (once) expect(e164(once, null)).toBe(once);
        },
      ),
    );
  });

  test('MA26 a number that is read without the library is read as the library does', () => {
    const regions = getCountries();
    const written = fc.oneof(
      fc.stringMatching(/^[0-9]{5,13}$/),
      fc
        .tuple(fc.constantFrom(...regions), fc.stringMatching(/^[0-9]{4,12}$/))
        .map(([region, national]) => `+${getCountryCallingCode(region)} ${national}`),
    );
    fc.assert(
      fc.property(written, fc.constantFrom(...regions), (number, country) => {
        // A slash says nothing, but leaves it to the library.
        expect(canonicalPhone({ number }, country)).toEqual(
          canonicalPhone({ number: `${number}/` }, country),
        );
      }),
      { numRuns: 3_000 },
    );
  });
});
