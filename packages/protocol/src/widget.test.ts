import { expect, test } from 'vitest';
import { pageOriginProblem } from './page-origin.ts';
import { isFrameMessage, isHello, isInit, isPageMessage } from './widget.ts';

const triple = {
  integrationContext: 'urn:li:organization:1',
  integrationType: 'CSA_API',
  tenantType: 'RECRUITER',
};

test('WI12 what a frame or a page may say is taken, and nothing that only looks like it', () => {
  expect(isHello({ in: 'hello', v: 1 })).toBe(true);
  expect(isInit({ in: 'init', v: 1, data: { atsCandidateId: 'C1' } })).toBe(true);
  expect(isPageMessage({ in: 'update', data: {} })).toBe(true);
  for (const message of [
    { in: 'ready' },
    { in: 'resize', h: 120 },
    { in: 'onlink', person: 'urn:li:person:x' },
    { in: 'onunlink', person: 'urn:li:person:x' },
    { in: 'onintegrate', integrations: [triple] },
    { in: 'error', code: 'bad_context', text: 'no' },
  ])
    expect(isFrameMessage(message)).toBe(true);
  for (const message of [
    null,
    'hello',
    7,
    [],
    {},
    { in: 'hello' },
    { in: 'hello', v: 2 },
    { in: 'constructor' },
  ]) {
    expect([isHello(message), isInit(message), isPageMessage(message), isFrameMessage(message)]).toEqual(
      Array(4).fill(false),
    );
  }
  expect(isInit({ in: 'init', v: 1, data: { a: 1 } })).toBe(false);
  expect(isPageMessage({ in: 'update', data: { a: {} } })).toBe(false);
  for (const message of [
    { in: 'resize', h: '1' },
    { in: 'resize', h: -1 },
    { in: 'onlink' },
    { in: 'onlink', person: { toString: 'x' } },
    { in: 'onintegrate', integrations: 'x' },
    { in: 'onintegrate', integrations: [{ integrationType: 7 }] },
  ])
    expect(isFrameMessage(message)).toBe(false);
});

test('WI18 the pages of a key are listed by origin: https, or this machine, in their one spelling', () => {
  for (const fine of [
    'https://ats.example.com',
    'https://ats.example.com:8443',
    'http://localhost:5000',
    'http://127.0.0.1:5000',
    'http://ats.localhost',
  ])
    expect([fine, pageOriginProblem(fine)]).toEqual([fine, null]);
  for (const bad of [
    'https://ats.example.com/',
    'https://ats.example.com/path',
    'https://user@ats.example.com',
    'https://*.example.com',
    'https://ats.example.com:443',
    'ats.example.com',
    'ftp://ats.example.com',
    'http://ats.example.com',
    'https://a.example; script-src *',
    '*',
    '',
  ])
    expect([bad, pageOriginProblem(bad)]).toEqual([bad, expect.any(String)]);
});
