import type { Written } from './name.ts';
import { plain } from './name.ts';
import type { Random } from './random.ts';

const ANYWHERE = [
  'gmail.com',
  'gmail.com',
  'gmail.com',
  'gmail.com',
  'outlook.com',
  'hotmail.com',
  'yahoo.com',
  'icloud.com',
  'proton.me',
];
const LOCAL: Readonly<Record<string, readonly string[]>> = {
  us: ['aol.com', 'comcast.net'],
  gb: ['btinternet.com', 'yahoo.co.uk'],
  in: ['rediffmail.com', 'yahoo.co.in'],
  de: ['gmx.de', 'web.de', 't-online.de', 'gmx.net'],
  fr: ['orange.fr', 'free.fr', 'laposte.net'],
  it: ['libero.it', 'virgilio.it'],
  br: ['uol.com.br', 'bol.com.br'],
  nl: ['ziggo.nl', 'kpnmail.nl'],
  pl: ['wp.pl', 'onet.pl', 'interia.pl'],
  tr: ['hotmail.com.tr', 'mynet.com'],
  ru: ['mail.ru', 'yandex.ru', 'bk.ru'],
  cn: ['qq.com', '163.com', '126.com'],
  tw: ['yahoo.com.tw', 'hinet.net'],
  jp: ['docomo.ne.jp', 'yahoo.co.jp'],
  kr: ['naver.com', 'daum.net'],
  vn: ['yahoo.com.vn'],
};
const WORDS =
  `sky star moon fox wolf sunny happy ninja coffee runner music pixel cyber magic lucky dragon tiger panda ocean storm rider gamer chef photo travel
  guitar hiker zen nova blue red green silver dark light fast mighty little crazy`.split(/\s+/);

/** An address of one's own; most are made of the name, some are not. */
export function personalEmail(random: Random, name: Written, country: string): string {
  const domain = random.chance(0.3) ? random.pick(LOCAL[country] ?? ANYWHERE) : random.pick(ANYWHERE);
  return `${localPart(random, name)}@${domain}`;
}

export function workEmail(random: Random, name: Written, domain: string): string {
  const { given, family } = letters(name);
  const form = random.below(4);
  const local =
    form === 0
      ? `${given}.${family}`
      : form === 1
        ? given.slice(0, 1) + family
        : form === 2
          ? given
          : `${given}_${family}`;
  return `${local}@${domain}`;
}

function localPart(random: Random, name: Written): string {
  const { given, family } = letters(name);
  const number = random.chance(0.55)
    ? random.chance(0.5)
      ? String(random.between(60, 99))
      : random.digits(random.between(1, 4))
    : '';
  switch (random.below(9)) {
    case 0:
    case 1:
      return `${given}.${family}${number}`;
    case 2:
      return `${given}${family}${number}`;
    case 3:
      return `${given.slice(0, 1)}${family}${number}`;
    case 4:
      return `${given}_${family}${number}`;
    case 5:
      return `${family}.${given}${number}`;
    case 6:
      return `${given}${random.digits(3)}`;
    case 7:
      return `${given}${family.slice(0, 1)}${random.digits(2)}`;
    default:
      return `${random.pick(WORDS)}${random.pick(WORDS)}${random.digits(random.between(1, 4))}`;
  }
}

function letters({ given, family }: Written): { given: string; family: string } {
  const bare = (text: string) =>
    plain(text)
      .toLowerCase()
      .replaceAll(/[^a-z]/g, '') || 'x';
  const [first = given] = given.split(' ');
  return { given: bare(first), family: bare(family) };
}

/** What is one mailbox: our own reading of the providers' rules, not the engine's. */
export function mailbox(address: string): string {
  const [local = '', domain = ''] = address.toLowerCase().split('@');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  if (!isGmail) return `${local}@${domain}`;
  return `${local.replaceAll('.', '').replace(/\+.*/, '')}@gmail.com`;
}

/** `rank` tells apart those whose addresses would be one mailbox. */
export function numbered(address: string, rank: number): string {
  if (rank === 0) return address;
  const [local, domain] = address.split('@');
  return `${local}${/\d$/.test(local ?? '') ? 'x' : ''}${rank + 1}@${domain}`;
}
