import type { Written } from './name.ts';
import type { Random } from './random.ts';

/** Typing slips and habits of those who write other people's names and addresses. */

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** One letter left out, doubled, swapped with the next, or its neighbour hit instead. The first letter stays, as it mostly does. */
export function slip(random: Random, text: string): string {
  if (!/^[\p{Script=Latin}\p{Script=Cyrillic} .'-]{3,}$/u.test(text)) return text;
  const at = random.between(1, text.length - 2);
  const letter = text[at] ?? '';
  switch (random.below(4)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + (text[at + 1] ?? '') + letter + text.slice(at + 2);
    case 2:
      return text.slice(0, at) + letter + text.slice(at);
    default:
      return text.slice(0, at) + neighbour(random, letter) + text.slice(at + 1);
  }
}

function neighbour(random: Random, letter: string): string {
  const row = KEYBOARD.find((keys) => keys.includes(letter.toLowerCase()));
  if (row === undefined) return random.pick(['a', 'e', 'i', 'o', 'r', 's', 't']);
  const at = row.indexOf(letter.toLowerCase());
  return row[at + (at === row.length - 1 || (at > 0 && random.chance(0.5)) ? -1 : 1)] ?? letter;
}

export function slipOfAddress(random: Random, address: string): string {
  const [local = '', domain = ''] = address.split('@');
  return random.chance(0.6)
    ? `${slip(random, local)}@${domain}`
    : `${local}@${domain.replace('gmail.com', 'gmial.com').replace('.com', '.con')}`;
}

/** A typed initial, with or without its dot. */
export function initialOf(random: Random, given: string): string {
  const [letter = ''] = given;
  return random.chance(0.6) ? `${letter}.` : letter;
}

export function swapped({ given, family, middle }: Written): Written {
  return { given: family, family: given, ...(middle === undefined ? {} : { middle }) };
}

/** What the provider ignores. */
export function tagged(random: Random, address: string): string {
  return address.replace('@', `+${random.pick(['jobs', 'ats', 'cv', 'apply', 'careers', 'work'])}@`);
}

export function dotted(random: Random, address: string): string {
  const [local = '', domain = ''] = address.split('@');
  if (domain !== 'gmail.com') return address;
  const bare = local.replaceAll('.', '');
  const at = random.between(1, Math.max(1, bare.length - 1));
  return `${bare.slice(0, at)}.${bare.slice(at)}@${random.chance(0.1) ? 'googlemail.com' : domain}`;
}

export function recased(random: Random, text: string): string {
  return random.chance(0.5) ? text.toUpperCase() : text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The ways in which a profile's address is pasted. */
export function pastedUrl(random: Random, vanity: string): string {
  const host = 'linkedin.com';
  const encoded = encodeURIComponent(vanity);
  const forms = [
    `https://www.${host}/in/${encoded}`,
    `https://www.${host}/in/${encoded}/`,
    `http://${host}/in/${encoded}`,
    `${host}/in/${encoded}`,
    `www.${host}/in/${encoded.toUpperCase()}`,
    `https://${random.pick(['uk', 'de', 'fr', 'in', 'br', 'es'])}.${host}/in/${encoded}`,
    `https://m.${host}/in/${encoded}/`,
    `https://www.${host}/in/${encoded}?trk=public_profile&originalSubdomain=${random.pick(['de', 'uk', 'in'])}`,
    `https://www.${host}/in/${encoded}/en`,
    `https://www.${host}/in/${encoded}/details/experience/`,
    `https://www.${host}/mwlite/in/${encoded}`,
    `https://www.${host}/in/${encoded}#about`,
  ];
  return random.pick(forms);
}
