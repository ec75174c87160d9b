import { afterEach, expect, test } from 'vitest';
import { PlantedRepository } from './planted-repository.ts';

let planted: PlantedRepository | undefined;
afterEach(() => planted?.remove());

function plant(files: Record<string, string>): PlantedRepository {
  planted = new PlantedRepository(files);
  return planted;
}

const importing = (target: string) => `import { one } from '${target}';\nexport const two = one;\n`;
const door = { 'packages/platform/src/search/index.ts': 'export const one = 1;\n' };

test.each([
  ['platform-and-connector-meet-on-the-wire', 'packages/platform/src/access/a.ts', '@carrick/connector'],
  ['platform-and-connector-meet-on-the-wire', 'packages/connector/src/a.ts', '@carrick/platform'],
  ['platform-and-connector-meet-on-the-wire', 'packages/connector/src/a.ts', '../../platform/src/index.ts'],
  ['protocol-imports-no-package', 'packages/protocol/src/a.ts', '@carrick/platform'],
  ['protocol-is-isomorphic', 'packages/protocol/src/a.ts', 'node:fs'],
  ['browser-code-imports-only-protocol', 'packages/recruiter/src/a.tsx', '@carrick/platform'],
  ['browser-code-imports-only-protocol', 'packages/widgets/src/a.tsx', '@carrick/platform'],
  ['nobody-imports-cli', 'packages/platform/src/access/a.ts', '@carrick/cli'],
  ['kernel-knows-no-slice', 'packages/platform/src/kernel/a.ts', '../search/index.ts'],
  [
    'foundations-know-no-access-matching-or-feature',
    'packages/platform/src/records/a.ts',
    '../search/index.ts',
  ],
  [
    'foundations-know-no-access-matching-or-feature',
    'packages/platform/src/members/a.ts',
    '../matching/index.ts',
  ],
  ['access-and-matching-know-no-feature', 'packages/platform/src/matching/a.ts', '../search/index.ts'],
  ['nobody-imports-push', 'packages/platform/src/search/a.ts', '../push/index.ts'],
  ['slices-are-entered-by-their-door', 'packages/platform/src/profile/a.ts', '../search/rank.ts'],
  ['packages-are-entered-by-their-name', 'packages/cli/src/a.ts', '../../platform/src/index.ts'],
  ['packages-are-entered-by-their-name', 'examples/ats/src/a.ts', '../../../packages/connector/src/index.ts'],
  ['examples-use-published-doors', 'examples/ats/src/a.ts', '@carrick/platform'],
  ['examples-use-published-doors', 'examples/ats/src/a.ts', '@carrick/cli'],
  ['slices-know-no-composition-root', 'packages/platform/src/search/a.ts', '../index.ts'],
  ['production-imports-no-test', 'packages/platform/src/search/a.ts', './b.test.ts'],
  ['imports-resolve', 'packages/platform/src/search/a.ts', './missing.ts'],
])('HO1 %s fires: %s imports %s', (rule, from, to) => {
  planted = PlantedRepository.withPackages({
    ...door,
    'packages/platform/src/search/index.ts':
      rule === 'no-cycle' ? importing('./rank.ts') : 'export const one = 1;\n',
    'packages/platform/src/search/rank.ts': 'export const one = 1;\n',
    'packages/platform/src/search/b.test.ts': 'export const one = 1;\n',
    'packages/platform/src/matching/index.ts': 'export const one = 1;\n',
    'packages/platform/src/push/index.ts': 'export const one = 1;\n',
    [from]: importing(to),
  });
  const { code, output } = planted.check('imports');
  expect(output).toContain(`${from}  ${rule}: `);
  expect(code).toBe(1);
});

test('HO1 no-cycle fires, but not on types alone', () => {
  planted = PlantedRepository.withPackages({
    'packages/protocol/src/urn.ts': importing('./key.ts'),
    'packages/protocol/src/key.ts':
      "import type { two } from './urn.ts';\nexport const one = 1 as typeof two;\n",
  });
  expect(planted.check('imports')).toMatchObject({ code: 0 });
  planted.write({
    'packages/protocol/src/key.ts': "export { two } from './urn.ts';\nexport const one = 1;\n",
  });
  const { code, output } = planted.check('imports');
  expect(output).toContain('no-cycle: ');
  expect(code).toBe(1);
});

test('HO1 lawful imports pass', () => {
  planted = PlantedRepository.withPackages({
    ...door,
    'packages/platform/src/kernel/db.ts': 'export const one = 1;\n',
    'packages/platform/src/profile/a.ts': importing('../search/index.ts'),
    'packages/platform/src/records/a.ts': importing('../kernel/db.ts'),
    'packages/platform/src/search/a.test.ts': importing('../profile/a.ts'),
    'packages/cli/src/a.ts': `${importing('@carrick/platform')}export { one as three } from '@carrick/connector';\n`,
    'packages/recruiter/src/a.tsx': importing('@carrick/protocol'),
    'examples/ats/src/a.ts': `${importing('@carrick/connector')}export { one as three } from '@carrick/protocol';\n`,
  });
  expect(planted.check('imports')).toMatchObject({ code: 0 });
});

test('HO2 a tree without source files fails', () => {
  const { code, output } = plant({ 'packages/empty/package.json': '{}' }).check('imports');
  expect(output).toContain('nothing was checked');
  expect(code).toBe(1);
});

test('HO3 rules and tests are held together in both directions', () => {
  const { code, output } = plant({
    'docs/spec/wire.md':
      '- **ZZ1** proven.\n- **ZZ2** not proven.\n- **ZZ3** proven by a table.\n- **ZZ1** again.\n',
    'packages/x/src/a.test.ts': [
      "test('ZZ1 L-12 holds', () => {});",
      "test.each([1])('ZZ3 %s', () => {});",
      "describe('a group', () => { it.skipIf(true)(`no rule`, () => {}); });",
      "test('ZZ9 unknown', () => {});",
    ].join('\n'),
    'tests/e2e/b.e2e.ts': "test.describe('screens', () => {}); test.skip(true, 'a reason is no title');",
  }).check('rules');
  expect(output.trim().split('\n').sort()).toEqual([
    '4 found',
    'docs/spec/wire.md  ZZ1 is defined twice (also in docs/spec/wire.md)',
    'docs/spec/wire.md  no test proves ZZ2',
    'packages/x/src/a.test.ts  a test cites ZZ9, which docs/spec does not define',
    'packages/x/src/a.test.ts  a test title cites no rule: "no rule"',
  ]);
  expect(code).toBe(1);
});

test.each(['db`select now()`', 'Date.now()', 'new Date()', "'default current_timestamp'"])(
  'HO4 %s is refused',
  (text) => {
    const { code, output } = plant({ 'packages/platform/src/search/a.ts': `const at = ${text};\n` }).check(
      'time',
    );
    expect(output).toContain('packages/platform/src/search/a.ts');
    expect(code).toBe(1);
  },
);

test('HO4 a clock that is passed in may be asked', () => {
  const source = ['export const at = (now: () => number) => db`select $', '{now()}`;'].join('');
  expect(plant({ 'packages/platform/src/search/a.ts': source }).check('time')).toMatchObject({ code: 0 });
});

test('HO4 the clock itself may ask', () => {
  const source = { 'packages/platform/src/kernel/clock.ts': 'export const now = () => Date.now();\n' };
  expect(plant(source).check('time')).toMatchObject({ code: 0 });
});

test.each([
  ['create trigger t before insert on a execute function f();', 'has a trigger'],
  [
    'create table a (id bigint, tenant_id bigint, primary key (id, tenant_id));',
    'does not begin with tenant_id',
  ],
  ['create table a (id bigint primary key, tenant_id bigint not null);', 'a column alone is a key'],
  ['create table a (tenant_id bigint, id bigint, unique (id));', 'does not begin with tenant_id'],
  ['create table a (tenant_id bigint);\ncreate unique index i on a (id);', 'does not begin with tenant_id'],
])('HO5 %s is refused', (sql, text) => {
  const { code, output } = plant({ 'packages/platform/migrations/001_a.sql': sql }).check('migrations');
  expect(output).toContain(text);
  expect(code).toBe(1);
});

test('HO5 a table whose keys begin with its tenant passes', () => {
  const sql = [
    'create table tenant (tenant_id bigint primary key, urn text unique);',
    'create table a (tenant_id bigint, id text, note numeric(10, 2), primary key (tenant_id, id));',
    'create unique index i on a (tenant_id, note);',
  ].join('\n');
  expect(plant({ 'packages/platform/migrations/001_a.sql': sql }).check('migrations')).toMatchObject({
    code: 0,
  });
});

test.each(['src/utils.ts', 'src/helpers/a.ts', 'src/SearchPage.tsx'])(
  'HO6 the name %s is refused',
  (path) => {
    const { code, output } = plant({ [`packages/x/${path}`]: '' }).check('names');
    expect(output).toContain(`packages/x/${path}`);
    expect(code).toBe(1);
  },
);

test.each([
  ['packages/recruiter/src/a.tsx', `export const title = '${'Linked'}In profile';`],
  ['docs/a.md', `see ${'/home'}/ann/carrick`],
])('HO6 a word in %s is refused', (path, text) => {
  const { code, output } = plant({ [path]: text }).check('words');
  expect(output).toContain(`${path}:1`);
  expect(code).toBe(1);
});

test.each([
  ['an unexplained dependency', '', { license: 'MIT' }, 'left-pad is not in docs/dependencies.md'],
  ['a licence that reaches us', '`left-pad`', { license: 'AGPL-3.0' }, 'licence AGPL-3.0'],
  ['no licence', '`left-pad`', {}, 'licence none'],
  ['a tool in production', '`left-pad`', { license: 'MPL-2.0' }, 'licence MPL-2.0'],
])('HO10 %s is refused', (_case, explained, entry, text) => {
  const { code, output } = plant({
    'package.json': JSON.stringify({ dependencies: { 'left-pad': '1' } }),
    'package-lock.json': JSON.stringify({ packages: { 'node_modules/left-pad': entry } }),
    'docs/dependencies.md': explained,
  }).check('dependencies');
  expect(output).toContain(text);
  expect(code).toBe(1);
});

test('HO10 a build tool under MPL-2.0 and a choice with a permissive part pass', () => {
  const packages = {
    'node_modules/left-pad': { license: '(GPL-3.0 OR MIT)' },
    'node_modules/axe': { license: 'MPL-2.0', dev: true },
  };
  const files = { 'package-lock.json': JSON.stringify({ packages }), 'docs/dependencies.md': '' };
  expect(plant(files).check('dependencies')).toMatchObject({ code: 0 });
});
