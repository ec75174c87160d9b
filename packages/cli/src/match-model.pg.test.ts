import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { carrick, dataFolder } from './carrick.fixture.ts';

const folder = dataFolder();
afterAll(() => folder.remove());

test('MA45 a model is made and looked at before it is published', async () => {
  const members = join(folder.path, '..', 'members.jsonl');
  writeFileSync(members, '{"id":"jane","firstName":"Jane","lastName":"Doe","emails":["jane@doe.org"]}\n');
  const data = ['--data', folder.path];
  expect((await carrick(['import-members', '--file', members, ...data])).code).toBe(0);
  const looked = await carrick(['match-model', ...data]);
  expect(looked.stdout).toContain('Model 1: of 0 candidates 0 would be linked');
  expect(looked.stdout).toContain('Nothing was changed');
  const published = await carrick(['match-model', '--publish', '--json', ...data]);
  expect(JSON.parse(published.stdout)).toMatchObject({ modelNo: 2, isPublished: true, lost: 0 });
}, 120_000);
