import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password.ts';

const cheap = { ln: 4, r: 8, p: 1 };

test('RU25 a stored password carries its cost and salt, and fits only its own password', async () => {
  const stored = await hashPassword('correct horse', cheap);
  expect(stored).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
  expect(await hashPassword('correct horse', cheap)).not.toBe(stored);
  expect(await verifyPassword('correct horse', stored)).toBe(true);
  expect(await verifyPassword('correct horsf', stored)).toBe(false);
  expect(await verifyPassword('', stored)).toBe(false);
});

test('RU25 a password stored at the present cost is accepted', async () => {
  const stored = await hashPassword('pässwörd');
  expect(stored).toContain('$ln=15,');
  expect(await verifyPassword('pa\u0308sswo\u0308rd', stored)).toBe(true); // composed differently by another keyboard
});

test('RU25 an account that does not exist costs the same work and is refused', async () => {
  expect(await verifyPassword('anything', null)).toBe(false);
});

test('RU25 text in another form is an error, not a refusal', async () => {
  await expect(verifyPassword('x', 'plain')).rejects.toThrow(/scrypt/);
});
