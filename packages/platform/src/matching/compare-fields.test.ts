import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalCompany } from './company.ts';
import { companyLevel, emailNearness, placeLevel, streetLevel, titleLevel } from './compare-fields.ts';
import { canonicalEmail } from './email.ts';
import { nameForms } from './name.ts';
import { canonicalPlace, placeOfLocation, type WrittenPlace } from './place.ts';
import { canonicalTitle } from './title.ts';

const companies = (...names: string[]) => names.flatMap((name) => canonicalCompany(name) ?? []);
const places = (...written: WrittenPlace[]) => written.flatMap((place) => canonicalPlace(place) ?? []);

describe('companies', () => {
  test.each([
    ['Acme GmbH & Co. KG', 'ACME'],
    ['The Acme Company, Inc.', 'Acme'],
    ['Société Générale S.A.', 'Societe Generale'],
    ['Alphabet', 'Google LLC'],
  ])('MA27 %s and %s are one', (a, b) => {
    expect(companyLevel(companies(a), companies(b))).toBe('exact');
  });

  test('MA27 a slip is seen, another company is another, a former employer counts', () => {
    expect(companyLevel(companies('Siemens Healthinners'), companies('Siemens Healthineers'))).toBe(
      'similar',
    );
    expect(companyLevel(companies('Acme'), companies('Globex'))).toBe('different');
    expect(companyLevel(companies('Globex'), companies('Acme', 'Globex Corp.'))).toBe('exact');
  });

  test.each(['Freelance', 'self-employed', 'N/A', 'Stealth Startup', 'Student', '-'])(
    'MA27 %s is none',
    (name) => {
      expect(companyLevel(companies(name), companies(name))).toBeNull();
    },
  );
});

describe('titles', () => {
  const level = (a: string, b: string) => titleLevel([canonicalTitle(a)], [canonicalTitle(b)]);
  test('MA28 by their words, short forms written out', () => {
    expect(level('Sr. Software Eng.', 'Senior Software Engineer')).toBe('exact');
    expect(level('VP of Sales', 'Vice President, Sales EMEA')).toBe('similar');
    expect(level('Nurse', 'Welder')).toBe('different');
  });
});

describe('places', () => {
  test('MA29 the best of postcode, city and area', () => {
    expect(placeLevel(places({ city: 'München' }), places({ city: 'Munich', country: 'DE' }))).toBe('city');
    expect(
      placeLevel(places({ city: 'X', postalCode: 'SW1A 1AA' }), places({ city: 'Y', postalCode: 'sw1a1aa' })),
    ).toBe('postcode');
    expect(placeLevel(places({ city: 'Melburne' }), places({ city: 'Melbourne' }))).toBe('similar');
    expect(placeLevel(places({ city: 'Leeds' }), places({ city: 'Bristol' }))).toBe('different');
    expect(placeLevel(places({ city: 'Leeds' }), [])).toBeNull();
  });

  test('MA29 one city in two countries is two', () => {
    expect(
      placeLevel(places({ city: 'Cambridge', country: 'GB' }), places({ city: 'Cambridge', country: 'US' })),
    ).toBe('different');
  });

  test('MA29 a location is read as it is written', () => {
    expect(placeOfLocation('Berlin, Deutschland')).toMatchObject({ city: 'berlin', country: 'DE' });
    expect(placeOfLocation('Greater Boston Area')?.city).toBe('boston');
  });

  test('MA29 street and number', () => {
    const level = (a: WrittenPlace, b: WrittenPlace) => streetLevel(places(a), places(b));
    expect(level({ line1: '8 Stanley St' }, { line1: '8 Stanley Street', line2: 'Flat 2' })).toBe('exact');
    expect(level({ line1: '8 Stanleystreet' }, { line1: '8 Stanley Street' })).toBe('exact');
    expect(level({ line1: '9 Stanley Street' }, { line1: '8 Stanley Street' })).toBe('similar');
    expect(level({ line1: '8 High Street' }, { line1: '8 Station Road' })).toBe('number');
    expect(level({ line1: '8 High Street' }, { line1: '9 Station Road' })).toBe('different');
  });

  test('MA29 the order of the two does not matter', () => {
    const place = fc.record({
      line1: fc.constantFrom('8 High Street', '8 Highstreet', 'Flat 2', ''),
      city: fc.constantFrom('Leeds', 'Leds', '東京', 'Tokyo', ''),
      postalCode: fc.constantFrom('4711', '4712', ''),
      country: fc.constantFrom('DE', 'Germany', 'US', ''),
    });
    fc.assert(
      fc.property(place, place, (a, b) => {
        expect(placeLevel(places(a), places(b))).toBe(placeLevel(places(b), places(a)));
        expect(streetLevel(places(a), places(b))).toBe(streetLevel(places(b), places(a)));
      }),
    );
  });
});

describe('addresses that differ', () => {
  const jane = nameForms({ firstName: 'Jane', lastName: 'Doe' });
  const nearness = (a: string, b: string) => {
    const [left, right] = [canonicalEmail(a), canonicalEmail(b)];
    if (!left || !right) throw new Error('no address');
    return emailNearness([left], [right], jane);
  };
  test('MA32 a local part made of the name is no evidence, a distinctive one is, a slip is more', () => {
    expect(nearness('jane.doe@a.com', 'jane.doe@b.org')).toBe('different');
    expect(nearness('jdoe@a.com', 'jdoe@b.org')).toBe('different');
    expect(nearness('moonwalker7@a.com', 'moonwalker7@b.org')).toBe('local');
    expect(nearness('jane.doe@gmial.com', 'jane.doe@gmail.com')).toBe('typo');
    expect(nearness('jane.dooe@acme.com', 'jane.doe@acme.com')).toBe('typo');
    expect(nearness('jane1985@acme.com', 'jane1986@acme.com')).toBe('different');
  });
});
