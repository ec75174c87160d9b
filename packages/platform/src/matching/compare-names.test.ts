import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNames } from './compare-names.ts';
import { nameForms, type WrittenName } from './name.ts';

/** "Given | Family | Middle | Suffix | Maiden" */
function name(text: string): WrittenName {
  const [firstName = '', lastName = '', middleName, suffix, maidenName] = text
    .split('|')
    .map((part) => part.trim());
  return {
    firstName,
    lastName,
    middleName: middleName || null,
    suffix: suffix || null,
    maidenName: maidenName || null,
  };
}
type Agreement = 'agrees' | 'neutral' | 'contradicts';

function agreementOf({ parts, level, vetoes }: ReturnType<typeof compareNames>): Agreement {
  if (vetoes.length > 0) return 'contradicts';
  if (parts === 'both') return 'agrees';
  return ['family', 'given', 'similar', 'near', 'none'].includes(level) ? 'contradicts' : 'neutral';
}
const agreement = (a: string, b: string): Agreement =>
  agreementOf(compareNames(nameForms(name(a)), nameForms(name(b))));

describe('compareNames', () => {
  test.each([
    ['Jane | Doe', 'JANE | DOE'],
    ['José | Núñez', 'Jose | Nunez'],
    ['Jürgen | Müller', 'Juergen | Mueller'],
    ['Søren | Ærø', 'Soren | Aero'],
    ['小明 | 王', 'Xiaoming | Wang'],
    ['小明 | 王', 'Xiao Ming | Wang'],
    ['Иван | Петров', 'Ivan | Petrov'],
    ['Пётр | Чайковский', 'Pyotr | Tchaikovsky'],
    ['محمد | سلمان', 'Mohammed | Salman'],
    ['たなか | ゆき', 'Tanaka | Yuki'],
    ['太郎 | 田中', 'Taro | Tanaka'],
    ['健一 | 髙橋', 'Kenichi | Takahashi'],
    ['美咲 | 佐藤', 'Misaki | Satoh'],
    ['민준 | 김', 'Minjun | Kim'],
    ['서연 | 이', 'Seo-yeon | Lee'],
    ['지우 | 박', 'Jiwoo | Park'],
    ['김민준 | ', 'Min Jun | Kim'],
    ['王小明 | ', 'Xiaoming | Wang'],
    ['Xiaoming | Li', 'Hsiao-ming | Lee'],
    ['Wei | Zhang', 'Wei | Chang'],
    ['Mohammed | Ali', 'Muhammad | Aly'],
    ['Sergei | Ivanov', 'Sergey | Ivanov'],
    ['Ганна | Гончаренко', 'Hanna | Honcharenko'],
    ['נועה | מזרחי', 'Noa | Mizrahi'],
    ['איתן | כהן', 'Eitan | Cohen'],
    ['राजेश | शर्मा', 'Rajesh | Sharma'],
    ['สมชาย | วงศ์สวัสดิ์', 'Somchai | Wongsawat'],
    ['Παύλος | Μπουρνάζου', 'Pavlos | Bournazou'],
    ['Jane | Doe', 'Jnae | Doe'],
    ['Doe, Jane | ', 'Jane | Doe'],
    ['Van Anh | Nguyen', 'Anh | Nguyễn | Vân'],
    ['J. Robert | Doe', 'Robert | Doe'],
    ['Amy Yongbo | Cao', 'Yongbo | Cao'],
    ['Prof. Dr. med. Ute | Kern', 'Ute | Kern'],
    ['حداد | هند', 'Haddad | Hind'],
    ['Doe | Jane', 'Jane | Doe'],
    ['J. | Doe', 'Jane | Doe'],
    ['Bob | Miller', 'Robert | Miller'],
    ['Robert "Bob" | Miller', 'Bob | Miller'],
    ['Alek | Nowak', 'Aleksander | Nowak'],
    ['Mary Ann | Lee', 'Maryann | Lee'],
    ['Mary Ann | Lee', 'Mary | Lee | Ann'],
    ['Mary | Lee', 'Mary Ann | Lee'],
    ['Gabriel | García Márquez', 'Gabriel | García'],
    ['Anna | Schmidt-Weber', 'Anna | Weber'],
    ['Ludwig | van Beethoven', 'Ludwig | Beethoven'],
    ['Oscar | de la Hoya', 'Oscar | DelaHoya'],
    ["Sinéad | O'Connor", 'Sinead | OConnor'],
    ['Ewan | McGregor', 'Ewan | MacGregor'],
    ['Dr. Jane | Doe, PhD', 'Jane | Doe'],
    ['Jane | Doe', 'Jane | Smith | | | Doe'],
    ['Jane | Johnson', 'Jane | Jonhson'],
    ['Katherine | Doe', 'Kathreine | Doe'],
    ['John | Doe | Q', 'John | Doe | Quincy'],
    ['John | Doe Jr.', 'John | Doe | | Jr'],
    ['John | Doe Jr.', 'John | Doe'],
    ['Jane 😀 | Doe', 'Jane | Doe'],
  ])('MA8 %s and %s agree', (a, b) => {
    expect(agreement(a, b)).toBe('agrees');
  });

  test.each([
    ['Jane | Doe', 'Jane | Smith'],
    ['Jane | Doe', 'John | Doe'],
    ['Daniel | Doe', 'Daniela | Doe'],
    ['Paul | Doe', 'Pauline | Doe'],
    ['Martin | Doe', 'Martina | Doe'],
    ['Mario | Rossi', 'Maria | Rossi'],
    ['Jean Paul | Petit', 'Jean Pierre | Petit'],
    ['Wei Ming | Chen', 'Wei Hua | Chen'],
    ['John | Doe | Q', 'John | Doe | Robert'],
    ['John | Doe | | Jr', 'John | Doe | | Sr'],
    ['John | Doe III', 'John | Doe Jr'],
    ['Иван | Петров', 'Boris | Petrov'],
    ['A. | Doe', 'Jane | Doe'],
    // An initial is written, not said.
    ['S. | Bourgeois', 'Célestine | Bourgeois'],
    // The same consonants; of Chinese names the vowels are half.
    ['Yangguang | Zhu', 'Yongcheng | Zhu'],
    // ed → edward → ned: two hops unite unrelated names
    ['Ed | Doe', 'Ned | Doe'],
    ['Christine | Doe', 'Christopher | Doe'],
  ])('MA9 %s and %s contradict each other', (a, b) => {
    expect(agreement(a, b)).toBe('contradicts');
  });

  test.each([
    ['Unknown | Doe', 'Jane | Doe'],
    ['Jane | N/A', 'Jane | Doe'],
    ['Unknown | Unknown', 'Jane | Doe'],
    ['J | D', 'Jane | Doe'],
    ['J | Smitg', 'Jane | Smith'],
  ])('MA9 %s and %s neither agree nor contradict each other', (a, b) => {
    expect(agreement(a, b)).toBe('neutral');
  });

  test.each([
    ['Jane | Doe', 'JANE | DOE', 'exact'],
    ['Doe | Jane', 'Jane | Doe', 'swapped'],
    ['小明 | 王', 'Hsiao-ming | Wong', 'reading'],
    ['Bob | Miller', 'Robert | Miller', 'nickname'],
    ['J. | Doe', 'Jane | Doe', 'initial'],
    ['Jane | Johsnon', 'Jane | Johnson', 'typo'],
    ['Kathreine | Johsnon', 'Katherine | Johnson', 'fuzzy'],
    [' | Doe', 'Jane | Doe', 'familyOnly'],
    ['Jane | ', 'Jane | Doe', 'givenOnly'],
    ['Peter | Doe', 'Jane | Doe', 'family'],
    ['Jane | Okafor', 'Jane | Doe', 'given'],
    ['Peter | Okafor', 'Jane | Doe', 'none'],
  ])('MA30 %s and %s: %s', (a, b, level) => {
    expect(compareNames(nameForms(name(a)), nameForms(name(b))).level).toBe(level);
  });

  test.each([
    ['حسن | منصور', 'Hussein | Mansour'],
    ['红 | 杨', 'Meihong | Yang'],
    ['淳 | 高橋', '博 | 高橋'],
    ['Натан | Ефимов', 'Antonin | Efimov'],
    ['Huy Anh | Nguyen', 'An | Nguyen'],
    ['M. C. | Parisian', 'Candice | Parisian'],
    ['José | Razo', 'María José | Razo'],
    ['Jorge Luis | Razo', 'Luis | Razo'],
    ['예우 | 이', '예수 | 이'],
    ['立 | 李', 'Li Li | Li'],
    ['Nguyen | Xuan', 'Luan | Nguyen'],
  ])('MA9 %s and %s are relatives', (a, b) => {
    expect(agreement(a, b)).not.toBe('agrees');
  });

  test('MA10 the order of the two names does not matter', () => {
    const word = fc.constantFrom(
      ...[
        'Jane',
        'J',
        'John',
        'Jon',
        'Johnny',
        'Robert',
        'Bob',
        'Mary Ann',
        'Mary',
        'Ann',
        'van der Berg',
        'Berg',
        'Müller',
        'Mueller',
      ],
      ...[
        '小明',
        '王',
        'Wang',
        'Xiaoming',
        'Иван',
        'Ivan',
        'محمد',
        'Mohammed',
        'Doe Jr',
        'Doe III',
        'Doe',
        '',
        '-',
        'García Márquez',
      ],
    );
    const written = fc.record({
      firstName: word,
      lastName: word,
      middleName: word,
      maidenName: word,
      suffix: fc.constantFrom('', 'Jr', 'Sr'),
    });
    fc.assert(
      fc.property(written, written, (a, b) => {
        const [left, right] = [nameForms(a), nameForms(b)];
        expect(compareNames(left, right)).toEqual(compareNames(right, left));
      }),
      { numRuns: 3000 },
    );
  });

  test('MA8 a name never contradicts itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (firstName, lastName) => {
        const forms = nameForms({ firstName, lastName });
        expect(agreementOf(compareNames(forms, forms))).not.toBe('contradicts');
      }),
    );
  });
});
