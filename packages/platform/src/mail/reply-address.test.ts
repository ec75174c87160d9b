import { randomBytes, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ReplyAddresses } from './reply-address.ts';

const addresses = new ReplyAddresses(randomBytes(32), 'replies@mail.example.com');

test('ML5 a reply address leads to its link, in whatever case it comes back, and so does the Message-ID', () => {
  for (let i = 0; i < 50; i++) {
    const linkId = randomUUID();
    const address = addresses.addressOf(linkId);
    expect(address).toMatch(/^replies\+[a-z2-7]{45}@mail\.example\.com$/);
    expect(address.indexOf('@')).toBeLessThanOrEqual(64);
    expect(addresses.linkIdIn([address])).toBe(linkId);
    expect(addresses.linkIdIn(['x@y.example', `"Re: x" <${address.toUpperCase()}>`])).toBe(linkId);
    expect(addresses.linkIdIn([addresses.messageIdOf(linkId, '7')])).toBe(linkId);
  }
});

test('ML5 an address that was made up, altered or signed by another deployment leads nowhere', () => {
  const linkId = randomUUID();
  const address = addresses.addressOf(linkId);
  const other = new ReplyAddresses(randomBytes(32), 'replies@mail.example.com');
  expect(addresses.linkIdIn([other.addressOf(linkId)])).toBeNull();
  for (let at = 8; at < 8 + 44; at++) {
    const digit = address[at] === 'a' ? 'b' : 'a';
    expect(addresses.linkIdIn([`${address.slice(0, at)}${digit}${address.slice(at + 1)}`])).toBeNull();
  }
  expect(addresses.linkIdIn(['', 'replies@mail.example.com', `replies+${'a'.repeat(45)}@x`])).toBeNull();
});
