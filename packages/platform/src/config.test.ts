import { expect, test } from 'vitest';
import { ConfigError, configOf, OPTIONS, readConfig } from './config.ts';

test('RU59 flags win over the environment, the environment over the defaults', () => {
  expect(readConfig({}, {}).port).toBe(8080);
  expect(readConfig({}, { CARRICK_PORT: '9000' }).port).toBe(9000);
  expect(readConfig({ port: '9001' }, { CARRICK_PORT: '9000' }).port).toBe(9001);
  expect(readConfig({}, { CARRICK_PORT: '' }).port).toBe(8080);
});

test('RU59 the configuration is frozen', () => {
  expect(Object.isFrozen(readConfig({}, {}))).toBe(true);
  expect(Object.isFrozen(configOf({ port: 1 }))).toBe(true);
});

test('RU60 a value that cannot be used is refused with the place it came from, and without the value', () => {
  expect(() => readConfig({ port: '70000' }, {})).toThrow(
    new ConfigError('--port: expected a port number from 0 to 65535'),
  );
  expect(() => readConfig({}, { CARRICK_PUBLIC_URL: 'example.com/x' })).toThrow(/^CARRICK_PUBLIC_URL: /);
  const secret = 'mysql://root:hunter2@host/db';
  expect(() => readConfig({}, { DATABASE_URL: secret })).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('hunter2') }),
  );
});

test('RU60 what is secret has no flag: it would stand in the process list', () => {
  expect(OPTIONS.databaseUrl.flag).toBeUndefined();
  expect(OPTIONS.masterKey.flag).toBeUndefined();
});
