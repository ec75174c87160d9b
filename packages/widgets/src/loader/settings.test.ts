import { expect, test } from 'vitest';
import { extensionNames, keyOf, readSettings } from './settings.ts';

test.each([
  ['api_key: 86abc', { api_key: '86abc' }],
  ['API_Key:86abc', { api_key: '86abc' }],
  ['  api_key : "86abc" ,\r\n lang: de_DE;', { api_key: '86abc', lang: 'de_DE' }],
  ["api_key: 'a'\napi_key: b", { api_key: 'b' }],
  [
    'onLoad: start, app.begin\nauthorize: true\nnoAuth: x\ncredentials_cookie: true',
    { onload: 'start, app.begin' },
  ],
  ['api_key: "half', { api_key: '"half' }],
  ['__proto__: x\nconstructor: y\nnothing', {}],
  ['', {}],
])('WI4 the loader reads %j', (text, settings) => {
  expect(readSettings(text)).toEqual(settings);
});

test('WI4 WI9 a key that is missing or still the sample’s placeholder is none', () => {
  expect(keyOf({ api_key: '86abcDEF_-' })).toBe('86abcDEF_-');
  for (const key of ['', '<your key>', '{customer app API key goes here}', '"half', 'a b'])
    expect(keyOf({ api_key: key })).toBeNull();
  expect(keyOf({})).toBeNull();
});

test('WI5 of an extension only the name counts', () => {
  const extensions =
    'HcmWidget@https://www.vendor.example/recruiter/widget/hcm, ATSIntegrationWidget@//x ,,Other';
  expect(extensionNames({ extensions })).toEqual(['HcmWidget', 'ATSIntegrationWidget', 'Other']);
  expect(extensionNames({})).toEqual([]);
});
