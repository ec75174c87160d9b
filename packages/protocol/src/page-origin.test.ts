import { expect, test } from 'vitest';
import { pageOriginProblem } from './page-origin.ts';

test('PC6 1.19 A1 an origin is scheme and host, https but on this machine, without path, user, slash or wildcard', () => {
  for (const good of [
    'https://ats.example.com',
    'https://ats.example.com:8443',
    'http://localhost:5000',
    'http://[::1]:80',
  ])
    expect([good, pageOriginProblem(good) === null]).toEqual([good, !good.endsWith(':80')]);
  const refused: [string, RegExp][] = [
    ['http://127.0.0.1:5000/', /no path or slash at the end$/],
    ['https://ats.example.com/app', /no path or slash at the end$/],
    ['https://ats.example.com?x=1', /no path or slash at the end$/],
    ['https://*.example.com', /no \*$/],
    ['https://me:pw@ats.example.com', /no user or password$/],
    ['http://ats.example.com', /must be https/],
    ['https://ats.example.com:443', /written as https:\/\/ats\.example\.com$/],
    ['ats.example.com', /scheme and host/],
    ['javascript:alert(1)', /scheme and host/],
    ['', /scheme and host/],
  ];
  for (const [text, problem] of refused)
    expect([text, pageOriginProblem(text)]).toEqual([text, expect.stringMatching(problem)]);
});
