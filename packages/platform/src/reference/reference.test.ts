import {
  Configuration,
  configurationProblem,
  IntegrationName,
  ONBOARDING_EXAMPLES,
  ProvisionedApplication,
  RECORD_EXAMPLES,
  RECORD_KINDS,
  RESOURCES,
  REST_RESOURCES,
  recordFromWire,
  resourceAddress,
  validateFields,
  validateRecord,
} from '@carrick/protocol';
import { describe, expect, it } from 'vitest';
import { apiResources } from './api-resources.ts';
import { exampleOf } from './example.ts';
import { openApi } from './openapi.ts';
import { apiPage, requiredFieldsPage } from './page.ts';
import { postmanCollection } from './postman.ts';
import { fieldRows, kindPages, RULES_ACROSS_FIELDS, requiredFields } from './required-fields.ts';

type Json = Record<string, unknown>;

function* nodesOf(value: unknown): Generator<Json> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Json; // an object
  for (const inner of Object.values(value)) yield* nodesOf(inner);
}

describe('OpenAPI', () => {
  const text = JSON.stringify(openApi());
  const document = JSON.parse(text) as { paths: Record<string, Record<string, Json>>; components: Json };
  const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([verb]) => verb !== 'parameters')
      .map(([verb, operation]) => ({ path, verb, ...operation }) as Json),
  );

  it('RF1 every resource and method of both dialects is there', () => {
    const offered = REST_RESOURCES.filter((each) => !('isUnseen' in each));
    const wanted = [
      ...RESOURCES.map((each) => [resourceAddress(each), each.methods] as const),
      ...offered.map((each) => [resourceAddress(each, 'rest'), each.methods] as const),
    ].flatMap(([address, methods]) => methods.map((method) => `${address} ${method}`));
    const found = operations.flatMap(({ tags, 'x-restli-methods': methods }) =>
      ((methods as string[] | undefined) ?? []).map((method) => `${(tags as string[])[0]} ${method}`),
    );
    expect(found).toEqual(expect.arrayContaining(wanted));
    expect(text).not.toContain('jobRequisitions');
  });

  it('RF1 every reference resolves, and operations have names of their own', () => {
    for (const { $ref } of nodesOf(document)) {
      if (typeof $ref !== 'string') continue;
      const target = $ref
        .slice(2)
        .split('/')
        .reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), document);
      expect([$ref, target]).toEqual([$ref, expect.anything()]);
    }
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, parameters } of operations) {
      const inPath = [...String(path).matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = JSON.stringify([parameters, document.paths[String(path)]?.parameters]);
      for (const name of inPath) expect(named).toContain(`#/components/parameters/${name}`);
    }
  });

  it('RF1 limits, versions and errors are said', () => {
    expect(text).toContain('At most 100,000 requests a day, 2,000 records a minute, 60,000 records a day.');
    expect(text).toContain('ids[0].atsCandidateId=CANDIDATE-1');
    expect(text).toContain('ids=List((atsCandidateId:CANDIDATE-1');
    expect(document.components).toMatchObject({
      responses: { Refused429: { headers: { 'Retry-After': expect.anything() } } },
    });
  });

  it.each(RECORD_KINDS)('RF1 the example of a %s is taken', (kind) => {
    expect(validateRecord(kind, RECORD_EXAMPLES[kind])).toMatchObject({ ok: true });
    for (const resource of apiResources().filter(({ definition }) => definition.kind === kind))
      expect(validateRecord(kind, recordFromWire(resource.definition, exampleOf(resource)))).toMatchObject({
        ok: true,
      });
  });

  it('RF1 the examples of onboarding are taken, and its schemas are there', () => {
    const { provisionedApplication, integration, integrationConfiguration } = ONBOARDING_EXAMPLES;
    const { string } = integrationConfiguration.configurationValue;
    expect([
      validateFields(ProvisionedApplication, provisionedApplication).ok,
      validateFields(IntegrationName, integration).ok,
      validateFields(Configuration, integrationConfiguration).ok,
      configurationProblem('ONE_CLICK_EXPORT', 'CALLBACK_URL', string, 'strict'),
    ]).toEqual([true, true, true, null]);
    for (const name of ['provisionedApplications', 'atsIntegrations.configurations'])
      expect(document.components.schemas).toHaveProperty([`v2.${name}`]);
    for (const name of ['provisionedApplications', 'atsIntegrations', 'atsIntegrations.configurations', 'me'])
      expect(document.components.schemas).toHaveProperty([`v2.${name}.answer`]);
  });
});

describe('required fields', () => {
  const top = kindPages().flatMap((page) =>
    fieldRows(page)
      .filter(({ name, restName }) => !name.includes('/') && restName !== name)
      .map(({ name, isRequired }) => [page.kind, name, isRequired] as const),
  );

  it.each(top)(
    'RF3 L-172 %s.%s: the page says required (%s) and so does the platform',
    (kind, field, isRequired) => {
      const { [field]: _, ...record } = RECORD_EXAMPLES[kind] as Json;
      // Where one of several fields will do, the others stand in.
      const others = kind === 'job' && field === 'integrationContext' ? { companyName: 'Span & Sons' } : {};
      const elsewhere = kind === 'job' && field === 'location' ? { countryCode: 'fr' } : {};
      const validated = validateRecord(kind, { ...record, ...others, ...elsewhere });
      expect(validated).toEqual(
        isRequired
          ? { ok: false, message: expect.stringContaining(`ERROR :: /${field} :: field is required`) }
          : { ok: true, record: expect.anything() },
      );
    },
  );

  it('RF3 L-172 fields inside others are required with them', () => {
    const inner = kindPages().flatMap((page) =>
      fieldRows(page).flatMap(({ name, isRequired }) =>
        name.includes('/') && isRequired ? [`${page.kind} ${name}`] : [],
      ),
    );
    expect(inner).toEqual(
      expect.arrayContaining([
        'candidate phoneNumbers/*/number',
        'candidateNote author/firstName',
        'interviewFeedback interviewer/lastName',
        'interviewFeedback evaluations/*/attribute',
      ]),
    );
  });

  it.each([
    ['job', { integrationContext: null }],
    ['job', { location: null }],
    ['job', { listingType: 'PREMIUM' }],
    ['candidate', { atsLastModifiedAt: 1 }],
    ['application', { atsLastModifiedAt: 1 }],
    ['stage', { stage: 'Not Available' }],
  ] as const)('RF3 L-172 what the page says across the fields of a %s holds: %j', (kind, change) => {
    const [field = ''] = Object.keys(change);
    const named = field === 'listingType' ? 'contract' : field;
    expect(validateRecord(kind, { ...RECORD_EXAMPLES[kind], ...change })).toMatchObject({ ok: false });
    expect(RULES_ACROSS_FIELDS[kind]?.join(' ')).toContain(named === 'stage' ? 'Not Available' : named);
  });

  it('RF3 both dialects are on the page', () => {
    const page = requiredFields();
    expect(page).toContain(
      '| `atsCreatedAt` | yes | long | epoch milliseconds, above 0 | `externalCreatedAt` |',
    );
    expect(page).toContain('| none |  | long | epoch milliseconds, above 0 | `externalLastModifiedAt` |');
    expect(page).toMatch(/at most 200 characters \(\/rest: .*at most 75 characters\)/);
  });
});

describe('pages', () => {
  it('RF2 every resource and error has its place, and nothing is loaded or run', () => {
    const page = apiPage('https://recruiting.example.com');
    for (const { address, path } of apiResources()) {
      expect(page).toContain(`href="#${address.replaceAll('/', '-')}"`);
      expect(page).toContain(`>${path}</h3>`);
    }
    expect(page).toContain('curl https://recruiting.example.com/oauth/v2/accessToken');
    for (const each of [page, requiredFieldsPage()]) {
      expect(each).toContain('name="viewport"');
      expect(each).not.toMatch(/<script|<img|<link|src=|@import|url\(| on\w+=/);
    }
  });
});

describe('Postman collection', () => {
  const collection = postmanCollection('https://recruiting.example.com');
  const text = JSON.stringify(collection);
  const requests = [...nodesOf(collection)].filter((node) => 'request' in node);

  it('RF4 L-170 every resource is used, by every method that needs no file', () => {
    for (const { address, definition } of apiResources()) {
      if (['attachment', 'mediaUrl'].includes(definition.kind)) continue;
      const path = `/${address.replace(/^(v2\/\w+)\//, '$1/.*/')}`;
      expect([address, new RegExp(`{{baseUrl}}${path}[?/"]`).test(text)]).toEqual([address, true]);
    }
  });

  it('RF4 every request checks more than its status, and no two have one name in a folder', () => {
    expect(requests.length).toBeGreaterThan(60);
    for (const { name, event } of requests) {
      const script = JSON.stringify(event);
      const checks = script.match(/pm\.test\(/g)?.length ?? 0;
      expect([name, checks]).toEqual([name, expect.any(Number)]);
      // An empty answer and a refused one have nothing but their status.
      expect([name, checks >= 2 || /answers (204|404)/.test(script)]).toEqual([name, true]);
    }
    for (const folder of collection.item as { item: { name: string }[] }[]) {
      const names = folder.item.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('RF2 the collection goes to where it came from, and holds no credentials', () => {
    expect(collection.variable).toContainEqual({ key: 'baseUrl', value: 'https://recruiting.example.com' });
    expect(text).not.toContain('linkedin.com');
  });
});
