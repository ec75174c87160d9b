import {
  de,
  en,
  en_IN,
  es,
  es_MX,
  fr,
  it,
  type LocaleDefinition,
  nl,
  pl,
  pt_BR,
  tr,
  vi,
} from '@faker-js/faker';
import { type Gender, type NameSource, type PersonName, plain, type Written } from './name.ts';
import { Random, shuffled, Weighted, zipf } from './random.ts';

interface Habits {
  /** Share of people with a middle name. */
  readonly middle: number;
  /** Share of family names that begin with one of `particles`. */
  readonly particle: number;
  readonly particles: readonly string[];
  /** Share of people with two family names. */
  readonly double: number;
  /** How somebody else writes it who has not the letters. */
  readonly fold: (text: string) => string;
}

const HABITS: Habits = { middle: 0.08, particle: 0, particles: [], double: 0.01, fold: plain };
const umlauts = (text: string) =>
  plain(
    text
      .replaceAll('ä', 'ae')
      .replaceAll('ö', 'oe')
      .replaceAll('ü', 'ue')
      .replaceAll('Ö', 'Oe')
      .replaceAll('Ü', 'Ue'),
  );

/** Frequencies of names are of the run: `seed` says which of them are frequent. */
export function latinNames(seed: number): Record<string, NameSource> {
  const source = (locale: LocaleDefinition, habits: Partial<Habits>, more: readonly string[] = []) =>
    latinSource(locale, { ...HABITS, ...habits }, seed, more);
  return {
    en: source(en, { middle: 0.3, double: 0.02 }),
    'en-IN': source(en_IN, { middle: 0.1 }, INDIAN_FAMILIES),
    de: source(de, { particle: 0.02, particles: ['von', 'von der'], double: 0.03, fold: umlauts }),
    es: source(es, { middle: 0.2, double: 0.5, particle: 0.03, particles: ['de', 'de la', 'del'] }),
    'es-MX': source(es_MX, { middle: 0.25, double: 0.5, particle: 0.02, particles: ['de la', 'de los'] }),
    fr: source(fr, { particle: 0.03, particles: ['de', 'Le', 'du'] }, FRENCH_FAMILIES),
    it: source(it, { particle: 0.05, particles: ['Di', 'De', 'Della', "D'"] }),
    'pt-BR': source(
      pt_BR,
      { double: 0.6, particle: 0.2, particles: ['da', 'de', 'dos'] },
      PORTUGUESE_FAMILIES,
    ),
    nl: source(nl, { particle: 0.3, particles: ['van', 'de', 'van der', 'van den'] }),
    pl: source(pl, { double: 0.02 }),
    tr: source(tr, { middle: 0.15 }),
    vi: vietnamese(seed),
  };
}

const INDIAN_FAMILIES =
  `Kumar Singh Sharma Patel Gupta Reddy Rao Das Khan Verma Yadav Jain Shah Mehta Joshi Mishra Agarwal
  Chauhan Nair Iyer Iyengar Krishnan Subramanian Balasubramanian Venkatesan Raghavan Menon Pillai Naidu Shetty Hegde Kulkarni
  Deshpande Deshmukh Patil Pawar Jadhav Shinde Chatterjee Mukherjee Banerjee Bose Sen Dutta Ghosh Roy Sarkar Mondal Biswas
  Chakraborty Bhattacharya Malhotra Kapoor Khanna Chopra Arora Bhatia Sethi Gill Sidhu Dhillon Sandhu Grewal Ahluwalia`.split(
    /\s+/,
  );
const FRENCH_FAMILIES =
  `Bernard Dubois Durand Leroy Moreau Simon Lefebvre Michel Garcia Bertrand Roux Vincent Fournier Morel
  Girard Mercier Dupont Lambert Bonnet Legrand Garnier Faure Rousseau Blanc Guérin Müller Henry Roussel Nicolas Perrin Morin
  Mathieu Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier`.split(
    /\s+/,
  );
const PORTUGUESE_FAMILIES =
  `Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Martins Carvalho
  Almeida Lopes Soares Fernandes Vieira Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso
  Ramos Gonçalves Santana Teixeira Araújo Cavalcanti Correia Monteiro Moura Campos Pinto Azevedo Cunha Farias Castro`.split(
    /\s+/,
  );

function latinSource(
  locale: LocaleDefinition,
  habits: Habits,
  seed: number,
  more: readonly string[],
): NameSource {
  const random = new Random(seed, 101);
  const first = locale.person?.first_name;
  const lists = {
    female: [...(first?.female ?? []), ...(first?.generic ?? [])].filter(isName),
    male: [...(first?.male ?? []), ...(first?.generic ?? [])].filter(isName),
  };
  const given: Record<Gender, Weighted<string>> = {
    female: zipf(shuffled([...new Set(lists.female)], random), 12),
    male: zipf(shuffled([...new Set(lists.male)], random), 12),
  };
  const known = [...new Set([...more, ...(locale.person?.last_name?.generic ?? [])])].filter(isName);
  const family = zipf(withRare(shuffled(known, random), random), 15);

  const familyOf = (r: Random) => {
    const one = family.pick(r);
    const whole = r.chance(habits.double) ? `${one}${r.chance(0.2) ? '-' : ' '}${family.pick(r)}` : one;
    if (!r.chance(habits.particle)) return whole;
    const particle = r.pick(habits.particles);
    return particle.endsWith("'") ? particle + whole : `${particle} ${whole}`;
  };
  const made = (gender: Gender, own: Written): PersonName => ({
    gender,
    own,
    latin: own,
    rival: () => mapWritten(own, habits.fold),
  });
  const givenOf = (r: Random, gender: Gender) => {
    const one = given[gender].pick(r);
    const middle = r.chance(habits.middle) ? given[gender].pick(r) : undefined;
    return middle === undefined || middle === one ? { given: one } : { given: one, middle };
  };
  return {
    script: 'latin',
    name: (r, gender) => made(gender, { ...givenOf(r, gender), family: familyOf(r) }),
    sibling: (r, of, gender) => made(gender, { ...givenOf(r, gender), family: of.own.family }),
  };
}

const isName = (text: string) => /^[\p{L}' .-]{2,24}$/u.test(text);

/** Half as many again that nobody else has: the beginning of one name and the end of another. */
function withRare(names: readonly string[], random: Random): string[] {
  const rare = new Set<string>();
  const words = names.filter((name) => /^\p{L}{5,}$/u.test(name));
  const wanted = Math.max(800, names.length);
  for (let tries = 0; rare.size < wanted && tries < wanted * 20; tries++) {
    const [start, end] = [random.pick(words), random.pick(words)];
    const blend = start.slice(0, random.between(3, 4)) + end.slice(-random.between(3, 4));
    if (!/(.)\1\1/.test(blend) && !words.includes(blend)) rare.add(blend);
  }
  return [...names, ...rare];
}

export function mapWritten({ given, family, middle }: Written, map: (text: string) => string): Written {
  return { given: map(given), family: map(family), ...(middle === undefined ? {} : { middle: map(middle) }) };
}

/** By how many people in a hundred bear them. */
// biome-ignore format: a table
const VIETNAMESE_FAMILIES: readonly (readonly [string, number])[] = Object.entries({
  Nguyễn: 38, Trần: 11, Lê: 9.5, Phạm: 7, Hoàng: 3, Huỳnh: 3, Phan: 4.5, Vũ: 2, Võ: 2, Đặng: 2.1, Bùi: 2, Đỗ: 1.4, Hồ: 1.3,
  Ngô: 1.3, Dương: 1, Lý: 0.5, Đinh: 1, Trương: 1, Lâm: 0.6, Mai: 0.6, Tô: 0.4, Trịnh: 0.7, Đào: 0.6, Cao: 0.6, Thái: 0.3, Tạ: 0.3,
});

function vietnamese(seed: number): NameSource {
  const random = new Random(seed, 102);
  const weights = new Map(VIETNAMESE_FAMILIES);
  const family = new Weighted([...weights.keys()], (name) => weights.get(name) ?? 1);
  const lists = vi.person?.first_name;
  const given: Record<Gender, Weighted<string>> = {
    female: zipf(shuffled((lists?.female ?? []).filter(isName), random), 12),
    male: zipf(shuffled((lists?.male ?? []).filter(isName), random), 12),
  };
  const make = (r: Random, gender: Gender, familyName: string): PersonName => {
    // The list has names of one and of two words: of two, the first is a middle name.
    const words = given[gender].pick(r).split(' ');
    const last = words.at(-1) ?? '';
    const middle = words.length > 1 ? words.slice(0, -1).join(' ') : gender === 'female' ? 'Thị' : 'Văn';
    const own: Written = { given: last, middle, family: familyName };
    return { gender, own, latin: own, rival: (any) => foreign(any, own) };
  };
  return {
    script: 'vietnamese',
    name: (r, gender) => make(r, gender, family.pick(r)),
    sibling: (r, of, gender) => make(r, gender, of.own.family),
  };
}

/** Without accents; the middle name with the given name, left out, or apart. */
function foreign(random: Random, { given, middle = '', family }: Written): Written {
  const way = random.below(4);
  if (way === 0) return mapWritten({ given: `${middle} ${given}`, family }, plain);
  if (way === 1) return mapWritten({ given, family }, plain);
  if (way === 2) return mapWritten({ given: `${given} ${middle}`, family }, plain);
  return mapWritten({ given, middle, family }, plain);
}
