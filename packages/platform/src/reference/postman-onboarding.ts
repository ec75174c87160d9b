import { encodeBodyKey, encodePathKey, exampleKey } from '@carrick/protocol';
import { answers, type Check, everyKey, finds, includes, keeps, reads } from './postman-checks.ts';
import {
  definitionOf,
  headersOf,
  idsOf,
  type PostmanFolder,
  type PostmanRequest,
  pathOf,
  readable,
  spoken,
  VALUES,
} from './postman-request.ts';

export function onboarding(): PostmanFolder {
  const applications = pathOf(definitionOf('provisionedApplications'));
  const integrations = definitionOf('atsIntegrations');
  const configurations = definitionOf('configurations', 'atsIntegrations');
  const asPartner = { as: 'partner', headers: { 'Content-Type': 'application/json' } } as const;
  const change = (name: string, field: string, values: readonly string[]): PostmanRequest => ({
    name,
    verb: 'POST',
    url: `${applications}/{{application}}`,
    ...asPartner,
    body: { patch: { $set: { [field]: values } } },
    checks: [answers(204)],
  });
  const integration = (integrationType: string, integrationContext: string) => ({
    ...integrations,
    values: { ...VALUES, integrationType, integrationContext },
  });
  const all = [
    integration('ONE_CLICK_EXPORT', '{{organization}}'),
    integration('IN_ATS_INDICATOR', '{{organization}}'),
    integration('PROFILE_PLUGIN', '{{organization}}'),
    integration('CSA_API', '{{contract}}'),
  ];
  const names = all.map(({ values }) => ({
    integrationName: `Example ${values.integrationType.toLowerCase()}`,
  }));
  const ids = ({ values }: (typeof all)[number], index: number) =>
    idsOf(integrations, values).replaceAll('ids[0]', `ids[${index}]`);
  const configuration = (key: string, type: string, value?: string) => {
    const parent = readable(
      encodePathKey(
        exampleKey(integrations, { ...VALUES, integrationType: type }),
        integrations.key,
        '1.0.0',
      ),
    );
    return {
      url: `${pathOf(integrations)}/${parent}/${configurations.name}?ids=${key}`,
      body: { entities: { [key]: { configurationValue: { string: value } } } },
    };
  };
  const set = (name: string, key: string, type: string, value: string): PostmanRequest => ({
    name,
    verb: 'PUT',
    ...configuration(key, type, value),
    headers: headersOf(configurations, 'batch_update'),
    as: 'customer',
    checks: [answers(200), spoken, everyKey(204)],
  });
  const unset = (name: string, key: string, type: string): PostmanRequest => ({
    name,
    verb: 'DELETE',
    url: configuration(key, type).url,
    as: 'customer',
    checks: [answers(200), spoken, everyKey(204)],
  });
  const readBack = (name: string, key: string, type: string, ...checks: Check[]): PostmanRequest => ({
    name,
    verb: 'GET',
    url: configuration(key, type).url,
    as: 'customer',
    checks: [answers(200), spoken, ...checks],
  });
  const CALLBACK = 'https://ats.example.com/callbacks/{{run}}';
  return {
    name: 'Onboarding',
    requests: [
      {
        name: 'Provision an application for a customer',
        verb: 'POST',
        url: applications,
        ...asPartner,
        body: {
          uniqueForeignId: 'CUSTOMER-{{run}}',
          name: 'Example ATS - Customer {{run}}',
          description: 'Made by the Postman collection',
        },
        checks: [
          answers(201),
          keeps('application', '.key'),
          keeps('provisioned_client_id', '.credentials.client_id'),
        ],
      },
      change('Name the pages that may show widgets', 'validJsSdkDomains', ['https://ats.example.com']),
      change('Name the addresses that consent returns to', 'oauth2AuthorizedCallbackUrls', [
        'https://ats.example.com/consent',
      ]),
      {
        name: 'Find the application by the customer',
        verb: 'GET',
        url: `${applications}?q=credentialsByUniqueForeignId&uniqueForeignId=CUSTOMER-{{run}}`,
        as: 'partner',
        checks: [
          answers(200),
          finds({
            key: '{{application}}',
            validJsSdkDomains: ['https://ats.example.com'],
            oauth2AuthorizedCallbackUrls: ['https://ats.example.com/consent'],
          }),
        ],
      },
      ...all.map(
        (each, index): PostmanRequest => ({
          name: `Name the integration ${each.values.integrationType}`,
          verb: 'POST',
          url: `${pathOf(integrations)}?${ids(each, 0)}`,
          headers: headersOf(integrations, 'batch_partial_update'),
          body: {
            entities: {
              [readable(encodeBodyKey(exampleKey(integrations, each.values), integrations.key, '1.0.0'))]: {
                patch: { $set: names[index] },
              },
            },
          },
          as: 'customer',
          checks: [answers(200), spoken, everyKey(204)],
        }),
      ),
      {
        name: 'Read the four integrations',
        verb: 'GET',
        url: `${pathOf(integrations)}?${all.map(ids).join('&')}`,
        as: 'customer',
        checks: [
          answers(200),
          spoken,
          reads(...names.map((each) => ({ ...each, onboardingStatus: 'ENABLED' }))),
        ],
      },
      set('Say where events go', 'CALLBACK_URL', 'ONE_CLICK_EXPORT', CALLBACK),
      set('Open jobs without an access list', 'JOB_POSTING_VIEWERS', 'ONE_CLICK_EXPORT', 'ALL_PRODUCT_USERS'),
      set(
        'Open applications without an access list',
        'APPLICATION_VIEWERS',
        'IN_ATS_INDICATOR',
        'ALL_PRODUCT_USERS',
      ),
      unset('Hide jobs without an access list', 'JOB_POSTING_VIEWERS', 'ONE_CLICK_EXPORT'),
      unset('Hide applications without an access list', 'APPLICATION_VIEWERS', 'IN_ATS_INDICATOR'),
      readBack(
        'Nothing is configured where it was deleted',
        'JOB_POSTING_VIEWERS',
        'ONE_CLICK_EXPORT',
        everyKey(404),
      ),
      readBack(
        'Read where events go',
        'CALLBACK_URL',
        'ONE_CLICK_EXPORT',
        reads({ configurationValue: { string: CALLBACK } }),
      ),
      {
        name: 'An integration by the id of a notification that never was',
        verb: 'GET',
        url: `${pathOf(integrations)}?q=request&requestId=none-{{run}}`,
        as: 'customer',
        checks: [answers(404)],
      },
      {
        name: 'Who a member is, without a token of theirs',
        verb: 'GET',
        url: '/v2/me?fields=id',
        as: 'nobody',
        checks: [answers(401), includes({ message: 'Empty oauth2_access_token', serviceErrorCode: 401 })],
      },
    ],
  };
}
