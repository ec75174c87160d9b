import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalEmail } from './email.ts';

const canonOf = (raw: string) => canonicalEmail(raw)?.canon ?? null;

describe('canonicalEmail', () => {
  test.each([
    ['Jane.Doe@Example.COM', 'jane.doe@example.com'],
    ['  jane@x.org ', 'jane@x.org'],
    ['mailto:jane@x.org?subject=hi', 'jane@x.org'],
    ['"Doe, Jane" <jane@x.org>', 'jane@x.org'],
    ['ja\u200Bne@x.org', 'jane@x.org'],
    ['ｊａｎｅ@x.org', 'jane@x.org'],
    ['jane@x.org.', 'jane@x.org'],
    ['jane@bücher.de', 'jane@xn--bcher-kva.de'],
    ['jane@XN--BCHER-KVA.de', 'jane@xn--bcher-kva.de'],
    ['j.a.n.e+jobs@googlemail.com', 'jane@gmail.com'],
    ['jane+x@pm.me', 'jane@proton.me'],
    ['jane+x@outlook.co.uk', 'jane@outlook.co.uk'],
    ['jane-shop@yahoo.co.jp', 'jane@yahoo.co.jp'],
    ['jane+b@acme.com', 'jane+b@acme.com'],
    ['j.doe@acme.com', 'j.doe@acme.com'],
  ])('MA1 %s is %s', (raw, canon) => {
    expect(canonOf(raw)).toBe(canon);
  });

  test.each([
    '',
    '@',
    'jane',
    'jane@',
    '@x.org',
    'jane@localhost',
    'ja ne@x.org',
    'jane@x..org',
    'a@b@x.org',
  ])('MA1 %j is no address', (raw) => {
    expect(canonicalEmail(raw)).toBeNull();
  });

  test('MA1 the exact form keeps tag and dots', () => {
    expect(canonicalEmail('Jane.Doe+cv@gmail.com')).toMatchObject({
      exact: 'jane.doe+cv@gmail.com',
      canon: 'janedoe@gmail.com',
    });
  });

  test.each([
    ['jane@acme.com', 'PERSONAL'],
    ['jane@example.com', 'PERSONAL'],
    ['jobs@acme.com', 'ROLE'],
    ['talent-acquisition@acme.com', 'ROLE'],
    ['jane@mailinator.com', 'DISPOSABLE'],
    ['noemail@acme.com', 'PLACEHOLDER'],
    ['no-reply@acme.com', 'PLACEHOLDER'],
    ['test@acme.com', 'PLACEHOLDER'],
    ['x@x.x', 'PLACEHOLDER'],
    ['jane_f3k@indeedemail.com', 'PLACEHOLDER'],
  ])('MA2 %s is %s', (raw, expected) => {
    expect(canonicalEmail(raw)?.class).toBe(expected);
  });

  test('MA6 the canonical form of a canonical form is itself', () => {
    const provider = fc.constantFrom(
      'gmail.com',
      'GoogleMail.com',
      'yahoo.de',
      'pm.me',
      'acme.co.uk',
      'bücher.de',
    );
    const address = fc
      .tuple(fc.string({ unit: 'grapheme', minLength: 1 }), provider)
      .map(([local, domain]) => `${local}@${domain}`);
    fc.assert(
      fc.property(fc.oneof(address, fc.emailAddress(), fc.string({ unit: 'binary' })), (raw) => {
        const once = canonicalEmail(raw);
        if (!once) return;
        expect(canonicalEmail(once.canon)?.canon).toBe(once.canon);
        expect(canonicalEmail(once.exact)).toEqual(once);
      }),
    );
  });
});
