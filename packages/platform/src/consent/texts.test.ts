import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { CONSENT_TEXT_VERSION, CONSENT_TEXTS } from './index.ts';

/** By version: who changes a text adds a line, and changes none. */
const SHOWN: Readonly<Record<string, string>> = {
  '2026-1': 'a61515e58f3d37fcc9203e5e6a8c9d6ffbb12af50c295a202bb2cb54cbc7282a',
};

test('MP19 the text of this version is the one that was shown under it', () => {
  const sha256 = createHash('sha256').update(JSON.stringify(CONSENT_TEXTS)).digest('hex');
  expect(SHOWN[CONSENT_TEXT_VERSION]).toBe(sha256);
});

test('MP19 L-126 every language asks the same: who asks, why, who gets it, and how to withdraw', () => {
  for (const text of Object.values(CONSENT_TEXTS)) {
    expect(text.question).toContain('{recruiter}');
    expect(text.onlyThisCompany).toContain('{organisation}');
    expect(text.explanation).toHaveLength(CONSENT_TEXTS.en.explanation.length);
  }
});
