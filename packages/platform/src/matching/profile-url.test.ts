import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalProfileUrl } from './profile-url.ts';

const JANE = 'linkedin.com/in/jane-doe-4b5';

describe('canonicalProfileUrl', () => {
  test.each([
    'linkedin.com/in/jane-doe-4b5',
    'http://www.linkedin.com/in/Jane-Doe-4b5',
    'https://uk.linkedin.com/in/jane-doe-4b5/',
    'https://m.linkedin.com/in/jane-doe-4b5?trk=public#about',
    'https://www.linkedin.com/in/jane-doe-4b5/en',
    'https://www.linkedin.com/in/jane-doe-4b5/details/experience/',
    'https://www.linkedin.com/mwlite/in/jane-doe-4b5',
    '//touch.linkedin.com/in/jane%2Ddoe-4b5',
    ' <https://www.linkedin.com/in/jane-doe-4b5?originalSubdomain=uk> ',
    'HTTPS://PT-BR.LINKEDIN.COM/IN/JANE-DOE-4B5',
    'linkedin.com/pub/jane-doe/5/b/4',
  ])('MA3 %s is one profile', (raw) => {
    expect(canonicalProfileUrl(raw)).toBe(JANE);
  });

  test('MA3 a public address of the old form is the name and its number backwards', () => {
    expect(canonicalProfileUrl('http://pl.linkedin.com/pub/krzysztof-marzec/a7/576/b50')).toBe(
      'linkedin.com/in/krzysztof-marzec-b50576a7',
    );
  });

  test('MA3 percent-encoding and composition do not matter', () => {
    const composed = canonicalProfileUrl('https://linkedin.com/in/jos\u00e9-garc\u00eda');
    expect(composed).toBe('linkedin.com/in/jos\u00e9-garc\u00eda');
    expect(canonicalProfileUrl('https://linkedin.com/in/jose%CC%81-garci%CC%81a')).toBe(composed);
  });

  test.each([
    '',
    'jane',
    'https://linkedin.com/',
    'https://linkedin.com/company/acme',
    'https://linkedin.com/school/mit',
    'https://linkedin.com/search/results/people/?keywords=jane',
    'https://linkedin.com/profile/view?id=123',
    'https://linkedin.com/in/',
    'https://linkedin.com/in/%',
    'https://linkedin.com.evil.example/in/jane',
    'https://notlinkedin.com/in/jane',
    'javascript://linkedin.com/in/jane',
    'https://ats.example/in/jane',
  ])('MA3 %j is no profile', (raw) => {
    expect(canonicalProfileUrl(raw)).toBeNull();
  });

  test('MA3 a deployment has hosts of its own', () => {
    expect(canonicalProfileUrl('https://www.people.example/in/Jane', ['people.example'])).toBe(
      'people.example/in/jane',
    );
  });

  test('MA6 the canonical form of a canonical form is itself', () => {
    const vanity = fc.string({ unit: 'grapheme', minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(vanity, (name) => {
        const once = canonicalProfileUrl(`https://www.linkedin.com/in/${name}`);
        if (once) expect(canonicalProfileUrl(once)).toBe(once);
      }),
      { examples: [["0'/x"]] },
    );
  });
});
