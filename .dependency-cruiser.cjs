/**
 * The import law. The packages meet on the wire only, and inside the platform imports point one way:
 * kernel <- tenancy, members, records <- access, matching <- features.
 *
 * `parser: 'swc'` is not a preference: dependency-cruiser reads TypeScript through the compiler's old JavaScript
 * API, which TypeScript 7 no longer has; without swc it finds nothing and passes. tests/house.test.ts plants
 * violations to show that every rule fires.
 */
const FOUNDATIONS = 'traffic|mail|tenancy|members|records';
const GROUNDS = 'access|matching';
const FEATURES =
  'consent|erasure|first-steps|member-page|search|profile|review|evaluation|job-board|reference|session|live|projects|messages|push|widgets|reports|exports|retrieval|sandbox|recruiter-notes|admin|partner-console|jobs|notices';

const pkg = (names) => `^packages/(${names})/`;
const slice = (names) => `^packages/platform/src/(${names})/`;
/** Tests may arrange their world through any slice's door; production code may not. */
const TEST = String.raw`\.test\.tsx?$|/testing(/|\.ts$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'platform-and-connector-meet-on-the-wire',
      severity: 'error',
      from: { path: pkg('platform|connector') },
      to: { path: pkg('platform|connector'), pathNot: '^packages/$1/' },
    },
    {
      name: 'protocol-imports-no-package',
      severity: 'error',
      from: { path: pkg('protocol') },
      to: { path: '^packages/', pathNot: pkg('protocol') },
    },
    {
      name: 'protocol-is-isomorphic',
      comment: 'It runs in browsers too: no built-in modules of Node.',
      severity: 'error',
      from: { path: pkg('protocol'), pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-code-imports-only-protocol',
      severity: 'error',
      from: { path: pkg('recruiter|widgets') },
      to: { path: '^packages/', pathNot: [pkg('protocol'), '^packages/$1/'] },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      from: { path: '^packages/', pathNot: pkg('cli') },
      to: { path: pkg('cli') },
    },
    {
      name: 'kernel-knows-no-slice',
      severity: 'error',
      from: { path: slice('kernel'), pathNot: TEST },
      to: { path: slice(`${FOUNDATIONS}|${GROUNDS}|${FEATURES}`) },
    },
    {
      name: 'foundations-know-no-access-matching-or-feature',
      severity: 'error',
      from: { path: slice(FOUNDATIONS), pathNot: TEST },
      to: { path: slice(`${GROUNDS}|${FEATURES}`) },
    },
    {
      name: 'access-and-matching-know-no-feature',
      severity: 'error',
      from: { path: slice(GROUNDS), pathNot: TEST },
      to: { path: slice(FEATURES) },
    },
    {
      name: 'nobody-imports-push',
      comment: 'Events reach it through the outbox. The composition root starts it.',
      severity: 'error',
      from: { path: '^packages/', pathNot: [slice('push'), '^packages/platform/src/index\\.ts$', TEST] },
      to: { path: slice('push') },
    },
    {
      name: 'slices-are-entered-by-their-door',
      comment:
        'A slice is imported through its index.ts. The kernel is a toolbox, not a slice: its files are open.',
      severity: 'error',
      from: { path: '^packages/platform/src/([^/]+)/', pathNot: TEST },
      to: {
        path: '^packages/platform/src/[^/]+/',
        pathNot: [
          '^packages/platform/src/$1/',
          '^packages/platform/src/kernel/',
          '^packages/platform/src/[^/]+/index\\.ts$',
        ],
      },
    },
    {
      name: 'packages-are-entered-by-their-name',
      comment: 'Another package is imported by its name, never by a path into its folder.',
      severity: 'error',
      from: { path: '^(packages|examples)/([^/]+)/' },
      to: { path: '^packages/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    },
    {
      name: 'examples-use-published-doors',
      comment: 'They are read to learn how an ATS integrates: what they import, an ATS can install.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^packages/', pathNot: '^packages/(connector|protocol)/src/index\\.ts$' },
    },
    {
      name: 'slices-know-no-composition-root',
      severity: 'error',
      from: { path: '^packages/platform/src/[^/]+/', pathNot: TEST },
      to: { path: '^packages/platform/src/index\\.ts$' },
    },
    {
      name: 'production-imports-no-test',
      severity: 'error',
      from: { path: '^packages/', pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\.css$|\\?' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts'],
    },
  },
};
