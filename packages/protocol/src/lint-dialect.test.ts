import { describe, expect, it } from 'vitest';
import { lintCall, type RecordedCall } from './lint-dialect.ts';

const VERSION = { 'linkedin-version': '202604' };
const call = (
  method: string,
  url: string,
  { body = '', headers = VERSION as RecordedCall['headers'] } = {},
) => lintCall({ method, url, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
const rulesOf = (findings: ReturnType<typeof lintCall>) =>
  findings?.map(({ rule, message }) => `${rule}: ${message}`) ?? null;

const IDS = 'ids[0].atsCandidateId=1&ids[0].dataProvider=ATS&ids[0].integrationContext=urn:li:organization:1';

describe('calls that a newer version would reject', () => {
  it('WP50 says what is called otherwise: path, key parts, fields, version', () => {
    const body = JSON.stringify({
      entities: { 'atsCandidateId=1': { atsCreatedAt: 1, atsLastModifiedAt: 1, firstName: 'Ada' } },
    });
    const found = rulesOf(
      call('PUT', `https://api.example.com/v2/atsCandidates?${IDS}`, { body, headers: {} }),
    );
    expect(found).toEqual([
      'version: A version must be present. Please specify a version by adding the LinkedIn-Version header.',
      'path: atsCandidates is /rest/candidates',
      'key: the key part atsCandidateId is called externalCandidateId',
      'key: the key has no dataProvider any more',
      'field: the field atsCreatedAt is called externalCreatedAt',
      'field: the field atsLastModifiedAt is called externalLastModifiedAt',
    ]);
  });

  it('WP50 children have flat keys; what nobody has seen, and what there is not, is said', () => {
    const parent = 'atsJobApplicationId=A&dataProvider=ATS&integrationContext=urn:li:organization:1';
    expect(rulesOf(call('DELETE', `/v2/atsApplications/${parent}/notes?ids=1`))).toEqual([
      'path: atsApplications/notes is /rest/applicationNotes, with a flat key: externalJobApplicationId, integrationContext, externalNoteId',
      'key: the key part atsJobApplicationId is called externalJobApplicationId',
      'key: the key has no dataProvider any more',
    ]);
    expect(rulesOf(call('DELETE', `/v2/atsApplications/${parent}/stages?ids=1`))?.[0]).toMatch(/^unseen: /);
    expect(rulesOf(call('GET', '/v2/mailStubs?q=contract'))).toEqual([
      'absent: mailStubs has no documented counterpart under /rest/',
    ]);
  });

  it('WP50 reads patches, finders, projections, tunnels and both protocol versions', () => {
    const headers = {
      ...VERSION,
      'x-http-method-override': 'POST',
      'x-restli-method': 'batch_partial_update',
      'content-type': 'multipart/mixed; boundary=xyz',
    };
    const patch = JSON.stringify({ entities: { k: { patch: { $delete: ['atsCreatedAt'] } } } });
    const body = `--xyz\nContent-Type: application/x-www-form-urlencoded\n\n${IDS}\n--xyz\nContent-Type: application/json\n\n${patch}\n--xyz--`;
    const patched = rulesOf(call('POST', '/v2/atsCandidates', { body, headers }));
    expect(patched).toContain('method: /rest/candidates is not documented to offer batch_partial_update');
    expect(patched).toContain('field: the field atsCreatedAt is called externalCreatedAt');
    const finder = rulesOf(call('GET', '/v2/atsEntityAcls?q=criteria&atsEntityType=JOB_POSTING'));
    expect(finder).toContain('parameter: atsEntityType in the query is called entityType');
    const newer = { ...VERSION, 'x-restli-protocol-version': '2.0.0' };
    const projected = rulesOf(
      call('GET', '/v2/atsCandidates?ids=List((atsCandidateId:1))&fields=atsCreatedAt', { headers: newer }),
    );
    expect(projected).toContain('parameter: atsCreatedAt in the query is called externalCreatedAt');
    expect(rulesOf(call('GET', '/v2/atsCandidates?ids=%zz&a=%zz'))?.at(-1)).toMatch(/^unreadable: /);
  });

  it('WP50 is silent about calls that pass, and about those that are not of /v2', () => {
    expect(call('GET', '/v2/simpleJobPostingTasks?ids=urn:li:simpleJobPostingTask:1')).toEqual([]);
    expect(call('PUT', `/rest/candidates?${IDS}`)).toBeNull();
    expect(call('GET', 'https://www.example.com/')).toBeNull();
    const headers = { ...VERSION, 'x-restli-method': 'batch_create' };
    const body = JSON.stringify({
      elements: [{ externalJobPostingId: 'x'.repeat(76), integrationContext: 'x' }],
    });
    expect(rulesOf(call('POST', '/v2/simpleJobPostings', { body, headers }))).toEqual([
      'field: the field integrationContext is called company',
      'length: externalJobPostingId has at most 75 characters',
    ]);
  });
});
