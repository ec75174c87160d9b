import { ru } from '@faker-js/faker';
import { capitalised, type Gender, type NameSource, type PersonName, type Written } from './name.ts';
import { mapWritten } from './names-latin.ts';
import { Random, shuffled, type Weighted, zipf } from './random.ts';

const PASSPORT =
  'а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ=ie ы=y ь= э=e ю=iu я=ia';
const ENGLISH = changed('ё=yo й=y ъ= ю=yu я=ya');
const GERMAN = changed('ж=sch з=s й=j х=ch ц=z ч=tsch ш=sch щ=schtsch ъ= ю=ju я=ja в=w');
const SCHOLARLY = changed('ж=zh й=j х=h ц=c щ=sch ъ= ю=ju я=ja');
const TABLES = { passport: tableOf(PASSPORT), english: ENGLISH, german: GERMAN, scholarly: SCHOLARLY };

function tableOf(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(2)]));
}

function changed(text: string): ReadonlyMap<string, string> {
  return new Map([...tableOf(PASSPORT), ...tableOf(text)]);
}

function romanised(text: string, table: ReadonlyMap<string, string>): string {
  const lower = text
    .toLowerCase()
    .replace(table === ENGLISH ? /(?:ий|ый)$/ : /$^/, 'й')
    .replace(/./gu, (letter) => table.get(letter) ?? letter);
  return lower
    .split(/(?=[- ])/)
    .map((part) => part.replace(/\p{L}/u, (letter) => capitalised(letter)))
    .join('');
}

export function cyrillicNames(seed: number): NameSource {
  const random = new Random(seed, 110);
  const person = ru.person;
  const list = (names: readonly string[] | undefined) => zipf(shuffled(names ?? [], random), 10);
  const given: Record<Gender, Weighted<string>> = {
    female: list(person?.first_name?.female),
    male: list(person?.first_name?.male),
  };
  // The two lists are each other's forms; one is enough, the other is made of it.
  const family = zipf(shuffled(person?.last_name?.male ?? [], random), 15);
  const patronymic: Record<Gender, Weighted<string>> = {
    female: list(person?.middle_name?.female),
    male: list(person?.middle_name?.male),
  };
  const make = (r: Random, gender: Gender, familyName: string): PersonName => {
    const middle = r.chance(0.35) ? { middle: patronymic[gender].pick(r) } : {};
    const own: Written = { given: given[gender].pick(r), family: familyName, ...middle };
    return {
      gender,
      own,
      latin: mapWritten(own, (text) => romanised(text, TABLES.passport)),
      rival: (any) => {
        const table = any.pick([
          TABLES.english,
          TABLES.english,
          TABLES.english,
          TABLES.german,
          TABLES.scholarly,
        ]);
        return mapWritten(own, (text) => romanised(text, table));
      },
    };
  };
  return {
    script: 'cyrillic',
    name: (r, gender) => make(r, gender, familyForm(family.pick(r), gender)),
    sibling: (r, of, gender) => make(r, gender, familyForm(manly(of.own.family), gender)),
  };
}

function familyForm(name: string, gender: Gender): string {
  if (gender === 'male') return name;
  if (/[иы]й$/.test(name)) return name.replace(/[иы]й$/, 'ая');
  return /(?:[ое]в|[иы]н)$/.test(name) ? `${name}а` : name;
}

function manly(name: string): string {
  if (name.endsWith('ая')) return name.replace(/ая$/, 'ий');
  return /(?:[ое]ва|[иы]на)$/.test(name) ? name.slice(0, -1) : name;
}
