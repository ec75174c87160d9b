import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inferMethod } from './method.ts';
import { parseQuery } from './params.ts';
import { needsTunnel, tunnel, untunnel } from './tunnel.ts';

const FORM = 'application/x-www-form-urlencoded';
const refused = expect.objectContaining({ name: 'RestliError', status: 400 });
const open = (bodyText: string, contentType: string | undefined, override = 'PUT', rawQuery = '') =>
  untunnel({ httpMethod: 'POST', override, contentType, rawQuery, bodyText });

test.each(['GET', 'PUT', 'POST', 'DELETE'])('WP23 a form body is the raw query of %s', (verb) => {
  expect(open('ids[0].a=x%26+y&fields=b\r\n', `${FORM}; charset=UTF-8`, verb.toLowerCase(), 'q=1')).toEqual({
    httpMethod: verb,
    rawQuery: 'q=1&ids[0].a=x%26+y&fields=b',
    bodyText: '',
    contentType: undefined,
  });
});

test('WP23 without override nothing changes; with an entity alone only the verb does', () => {
  const plain = { httpMethod: 'POST', rawQuery: 'a=1', bodyText: 'b=2', contentType: FORM };
  expect(untunnel({ ...plain, override: undefined })).toEqual(plain);
  expect(open('{}', 'application/json', 'PUT', 'ids=1')).toEqual({
    httpMethod: 'PUT',
    rawQuery: 'ids=1',
    bodyText: '{}',
    contentType: 'application/json',
  });
});

const lines = [
  '--xyz',
  `Content-Type: ${FORM}`,
  '',
  'ids[0].atsEntityAclId=1',
  '--xyz',
  'content-type: text/plain; charset=utf-8',
  'Content-Length: 7',
  '',
  '{"a":1}',
  '--xyz--',
  '',
];
const meant = {
  httpMethod: 'PUT',
  rawQuery: 'ids[0].atsEntityAclId=1',
  bodyText: '{"a":1}',
  contentType: 'text/plain; charset=utf-8',
};

test('WP24 multipart carries query and entity', () => {
  expect(open(lines.join('\r\n'), 'multipart/mixed; boundary=xyz')).toEqual(meant);
  expect(
    open(`ignored\r\n${lines.join('\r\n')}\r\nignored`, 'Multipart/Mixed;charset=x; Boundary="xyz"'),
  ).toEqual(meant);
});

test.each([
  ['LF only', lines.join('\n')],
  ['no final line end', lines.slice(0, -1).join('\r\n')],
  ['no closing boundary', lines.slice(0, -2).join('\n')],
  ['blank lines after the boundary', lines.join('\n').replaceAll('--xyz\n', '--xyz\n\n\n')],
  ['white space after the boundary', lines.join('\r\n').replaceAll('--xyz\r', '--xyz  \r')],
  ['the entity first', [...lines.slice(4, 9), ...lines.slice(0, 4), '--xyz--'].join('\n')],
])('WP25 multipart with %s', (_, body) => {
  expect(open(body, 'multipart/mixed; boundary=xyz')).toEqual(meant);
});

test('WP25 parts without headers: the query, then JSON', () => {
  expect(open('--b\n\nids=List(1)\n--b\n\n{"a":\n\n1}\n--b--', 'multipart/mixed; boundary=b')).toEqual({
    httpMethod: 'PUT',
    rawQuery: 'ids=List(1)',
    bodyText: '{"a":\n\n1}',
    contentType: 'application/json',
  });
});

test('WP25 a boundary inside a line, or as the beginning of a longer one, separates nothing', () => {
  const body = `--b\n\nids=1\n--b\n\n{"a":"--b","b":"\n--bc"}\n--b--`;
  expect(open(body, 'multipart/mixed; boundary=b').bodyText).toBe('{"a":"--b","b":"\n--bc"}');
});

test('WP26 refuses what is no tunnel', () => {
  const form = { contentType: FORM, rawQuery: '', bodyText: 'ids=1' };
  expect(() => untunnel({ ...form, httpMethod: 'PUT', override: 'GET' })).toThrow(refused);
  expect(() => open('a', FORM, 'PATCH')).toThrow(refused);
  expect(() => open('{{x}}', FORM, '{{x}}')).toThrow(refused);
  expect(() => open(lines.join('\n'), 'multipart/mixed')).toThrow(refused);
  expect(() => open(lines.join('\n'), 'multipart/mixed; boundary=other')).toThrow(refused);
  expect(() => open('', 'multipart/mixed; boundary=xyz')).toThrow(refused);
  expect(() => open(lines.slice(4).join('\n'), 'multipart/mixed; boundary=xyz')).toThrow(refused);
  expect(() => open('--x\n\na\n'.repeat(1000), 'multipart/mixed; boundary=x')).toThrow(refused);
});

test('WP26 a batch delete that is tunnelled as GET is refused', () => {
  const { httpMethod, rawQuery } = open('ids=List(1,2)', FORM, 'GET');
  const params = parseQuery(rawQuery, '2.0.0');
  expect(() => inferMethod({ httpMethod, hasPathKey: false, params, headerMethod: 'batch_delete' })).toThrow(
    refused,
  );
});

test('WP27 what is tunnelled reads back as it was meant', () => {
  const text = fc.oneof(
    fc.json(),
    fc.string().map((value) => JSON.stringify(`--restli-tunnel\r\n--restli-tunnel-1${value}`)),
  );
  const method = fc.constantFrom('GET', 'PUT', 'POST', 'DELETE');
  fc.assert(
    fc.property(method, fc.option(text, { nil: undefined }), fc.webQueryParameters(), (verb, body, query) => {
      const sent = tunnel({ method: verb, path: '/v2/x', query: `ids=1&${query}`, body });
      expect(sent.method).toBe('POST');
      const read = untunnel({
        httpMethod: sent.method,
        override: sent.headers['X-HTTP-Method-Override'],
        contentType: sent.headers['Content-Type'],
        rawQuery: '',
        bodyText: sent.body,
      });
      expect(read).toEqual({
        httpMethod: verb,
        rawQuery: `ids=1&${query}`,
        bodyText: body ?? '',
        contentType: body === undefined ? undefined : 'application/json',
      });
    }),
  );
});

test('WP27 tunnels from the limit on', () => {
  expect(needsTunnel('/v2/x', 'a'.repeat(4096))).toBe(false);
  expect(needsTunnel('/v2/x', 'a'.repeat(4097))).toBe(true);
  expect(needsTunnel(`/v2/${'a'.repeat(4096)}`, 'a'.repeat(4096))).toBe(true);
});
