import { expect, test } from 'vitest';
import { listParam, parseQuery, textParam } from './params.ts';

const refused = expect.objectContaining({ name: 'RestliError', status: 400 });
const v1 = (query: string) => parseQuery(query, '1.0.0').values;
const v2 = (query: string) => parseQuery(query, '2.0.0').values;

test('WP5 form-decodes once', () => {
  expect(v1('a=x+y%2Bz%2526&b=')).toEqual(
    new Map([
      ['a', 'x y+z%26'],
      ['b', ''],
    ]),
  );
  expect(v1('a=%F0%9F%98%80')).toEqual(new Map([['a', '😀']]));
});

test.each(['a=%', 'a=%zz', 'a=%C0%AF', '%E9=1', 'a=100%'])('WP5 refuses %j', (query) => {
  expect(() => v1(query)).toThrow(refused);
});

test('WP6 reads maps, lists and escaped names', () => {
  expect(v1('t.start=1&t.end=2&l[3]=c&l%5B0%5D=a&s=x&s=y&u.a~2Eb~5B~5D~7E=z')).toEqual(
    new Map<string, unknown>([
      [
        't',
        new Map([
          ['start', '1'],
          ['end', '2'],
        ]),
      ],
      ['l', ['a', 'c']],
      ['s', ['x', 'y']],
      ['u', new Map([['a.b[]~', 'z']])],
    ]),
  );
  expect(v1('m[0].a=1&m[0].b=2&m[1].a=3').get('m')).toEqual([
    new Map([
      ['a', '1'],
      ['b', '2'],
    ]),
    new Map([['a', '3']]),
  ]);
});

test.each([
  'l[-1]=a',
  'l[x]=a',
  'l[]=a',
  'l[1.5]=a',
  'l[1=a',
  'l[1]x=a',
  'l[9999999999]=a',
  't.a=1&t.a=2',
  'l[0]=1&l[0]=2',
  't=1&t.a=2',
  't.a=1&t[0]=2',
])('WP6 refuses %j', (query) => {
  expect(() => v1(query)).toThrow(refused);
});

test('WP7 tokenises first and decodes each token once', () => {
  expect(v2("m=(a:1,b:List(x,y%2Cz),c:())&l=List()&p=a+b%2B&e=%27%27&f=''&g=(h:'')&d=%2525")).toEqual(
    new Map<string, unknown>([
      [
        'm',
        new Map<string, unknown>([
          ['a', '1'],
          ['b', ['x', 'y,z']],
          ['c', new Map()],
        ]),
      ],
      ['l', []],
      ['p', 'a+b+'],
      ['e', ''],
      ['f', ''],
      ['g', new Map([['h', '']])],
      ['d', '%25'],
    ]),
  );
  expect(v2('c=urn:li:contract:1').get('c')).toBe('urn:li:contract:1');
  expect(v2('a=what?').get('a')).toBe('what?');
});

test.each([
  'm=(a:1',
  'm=(a:1))',
  'm=(a)',
  'm=(a:)',
  'm=(a:1,)',
  'm=(a:1,a:2)',
  'm=(a:b:c)',
  'l=List(a,)',
  'l=List(',
  'a=%zz',
])('WP7 refuses %j', (query) => {
  expect(() => v2(query)).toThrow(refused);
});

test('WP8 refuses a repeated name and the syntax of the other version', () => {
  expect(() => v2('a=1&a=2')).toThrow(refused);
  expect(() => v2('ids=List(1)&ids=List(2)')).toThrow(refused);
  expect(() => v2('ids[0].a=1')).toThrow(/X-RestLi-Protocol-Version/);
});

test('WP9 leaves projections raw and passes over empty pairs', () => {
  for (const version of ['1.0.0', '2.0.0'] as const) {
    const params = parseQuery('&fields=a%2Cb:(c)&', version);
    expect(params.projections.get('fields')).toBe('a%2Cb:(c)');
    expect(params.values.size).toBe(0);
    expect(() => parseQuery('fields=a&fields=b', version)).toThrow(refused);
  }
});

test('WP10 takes any name as data', () => {
  const values = v1('__proto__.polluted=1&constructor=2&m.__proto__=3');
  expect([...values.keys()]).toEqual(['__proto__', 'constructor', 'm']);
  expect(v2('__proto__=(__proto__:1)').get('__proto__')).toEqual(new Map([['__proto__', '1']]));
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('WP11 refuses deep nesting without running deep', () => {
  expect(() => v2(`m=${'('.repeat(100_000)}`)).toThrow(refused);
  expect(() => v2(`m=${'(a:'.repeat(100_000)}`)).toThrow(refused);
  expect(() => v2(`m=${'List('.repeat(100_000)}`)).toThrow(refused);
  expect(() => v1(`${'a.'.repeat(100_000)}=1`)).toThrow(refused);
  expect(() => v1(`a${'[0]'.repeat(100_000)}=1`)).toThrow(refused);
});

test('WP6 reads a list of one and refuses a list where one value is meant', () => {
  const params = parseQuery('a=x&b=x&b=y&c.d=1', '1.0.0');
  expect(textParam(params, 'a')).toBe('x');
  expect(textParam(params, 'missing')).toBeUndefined();
  expect(() => textParam(params, 'b')).toThrow(refused);
  expect(listParam(params, 'a')).toEqual(['x']);
  expect(listParam(params, 'b')).toEqual(['x', 'y']);
  expect(() => listParam(params, 'c')).toThrow(refused);
});
