import type { Random } from './random.ts';

export interface Phone {
  readonly e164: string;
  readonly country: string;
}

interface Plan {
  readonly code: string;
  /** Before a national number; empty where there is none. */
  readonly trunk: string;
  /** Beginnings of mobile numbers. */
  readonly starts: readonly string[];
  readonly length: number;
}

const plan = (code: string, trunk: string, starts: string, length: number): Plan => ({
  code,
  trunk,
  starts: starts.split(' '),
  length,
});

const PLANS: Readonly<Record<string, Plan>> = {
  us: plan('1', '', '212 213 312 713 602 215 512 206 303 617 404 415 619 503 612 217 646 917 310 773', 10),
  gb: plan('44', '0', '7400 7500 7700 7711 7800 7811 7900 7911', 10),
  in: plan('91', '0', '98 97 96 99 90 89 88 70', 10),
  de: plan('49', '0', '151 160 170 171 175', 11),
  es: plan('34', '', '60 61 62 63 64 65 66', 9),
  mx: plan('52', '', '55 33 81', 10),
  fr: plan('33', '0', '60 61 62 66 67 68', 9),
  it: plan('39', '', '320 328 333 338 347 349', 10),
  br: plan('55', '0', '119 219 319 419 519', 11),
  nl: plan('31', '0', '61 62 63 64', 9),
  pl: plan('48', '', '50 51 60 66 69', 9),
  tr: plan('90', '0', '530 532 535 542 555', 10),
  ru: plan('7', '8', '903 905 910 916 921 926', 10),
  sa: plan('966', '0', '50 53 55', 9),
  eg: plan('20', '0', '100 101 111 122', 10),
  ae: plan('971', '0', '50 52 55', 9),
  cn: plan('86', '0', '135 136 138 139 150 186', 11),
  tw: plan('886', '0', '91 92 93', 9),
  sg: plan('65', '', '81 91 96', 8),
  jp: plan('81', '0', '80 90 70', 10),
  kr: plan('82', '0', '10', 10),
  vn: plan('84', '0', '90 91 93 96 97 98', 9),
};

/** A mobile number that can exist. */
export function phoneIn(random: Random, country: string): Phone {
  const { code, starts, length } = PLANS[country] ?? US;
  const start = random.pick(starts);
  const rest = random.digits(length - start.length - 1);
  // Neither a service number (N11) nor one of those that are printed in films (555).
  return { e164: `+${code}${start}${random.between(2, 4)}${rest}`, country };
}
const US = plan('1', '', '212', 10);

/** As people write it; `isNational`: only those who know the country can read it. */
export function writtenPhone(random: Random, { e164, country }: Phone, isNational: boolean): string {
  const { code, trunk } = PLANS[country] ?? US;
  const national = e164.slice(code.length + 1);
  const groups = grouped(random, national);
  if (isNational) {
    if (country === 'us' && random.chance(0.5))
      return `(${national.slice(0, 3)}) ${national.slice(3, 6)}-${national.slice(6)}`;
    return trunk + groups;
  }
  switch (random.below(6)) {
    case 0:
      return `+${code} ${groups}`;
    case 1:
      return `00${code} ${groups}`;
    case 2:
      return trunk === '0' && code !== '39' ? `+${code} (0) ${groups}` : `+${code}-${groups}`;
    case 3:
      return `+${code}.${groups.replaceAll(' ', '.')}`;
    case 4:
      return `tel:${e164}`;
    default:
      return e164;
  }
}

function grouped(random: Random, digits: string): string {
  const separator = random.pick([' ', '-', '.', ' ', '']);
  const size = random.pick([2, 3, 3, 4]);
  return digits.match(new RegExp(`.{${size}}(?!.$)|.+`, 'g'))?.join(separator) ?? digits;
}
