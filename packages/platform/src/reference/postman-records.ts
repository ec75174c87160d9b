import { answers, everyElement, everyKey, keeps, reads } from './postman-checks.ts';
import {
  type Definition,
  definitionOf,
  find,
  get,
  headersOf,
  idsOf,
  JOB_ID,
  type PostmanFolder,
  type PostmanRequest,
  patch,
  pathOf,
  put,
  recordOf,
  remove,
  restDefinitions,
  spoken,
  VALUES,
} from './postman-request.ts';

export function jobs(definition: Definition, ids: readonly [open: string, secret: string]): PostmanRequest[] {
  const tasks = definitionOfDialect('simpleJobPostingTasks', definition);
  const root = definition.replaces === undefined ? 'v2' : 'rest';
  return ids.flatMap((id, index) => {
    const availability = index === 0 ? 'PUBLIC' : 'PRIVATE_TO_ATS_INTEGRATION';
    const record = { ...recordOf('job', definition), availability, externalJobPostingId: id };
    const task = `task_${root}_${index}`;
    return [
      {
        name: `Post a job: ${availability}`,
        verb: 'POST',
        url: pathOf(definition),
        headers: headersOf(definition, 'batch_create'),
        body: { elements: [record] },
        as: 'customer',
        checks: [answers(200), spoken, everyElement(202), keeps(task, '.elements[0].id')],
      },
      {
        ...get(
          `Ask for its task: ${availability}`,
          tasks,
          reads({ status: 'SUCCEEDED', externalJobPostingId: id }),
        ),
        url: `${pathOf(tasks)}?ids={{${task}}}`,
      },
    ] satisfies PostmanRequest[];
  });
}

function definitionOfDialect(name: string, { replaces }: Definition): Definition {
  const rest = replaces === undefined ? undefined : restDefinitions.find((each) => each.name === name);
  return rest ?? definitionOf(name);
}

const PUBLIC_JOB = 'PUBLIC-JOB-{{run}}';
const CHILDREN = [
  ['Write a note on an application', 'notes', 'applicationNote'],
  ['Write interview feedback', 'interviewFeedback', 'interviewFeedback'],
  ['Enter a stage', 'stages', 'stage'],
] as const;

export function records(): PostmanFolder {
  const candidates = definitionOf('atsCandidates');
  const applications = definitionOf('atsApplications');
  const candidate = recordOf('candidate', candidates);
  return {
    name: 'Records',
    requests: [
      ...jobs(definitionOf('simpleJobPostings'), [PUBLIC_JOB, JOB_ID]),
      {
        ...get(
          'Ask whether the job is listed',
          definitionOf('jobPostingStatus'),
          reads({ externalJobPostingId: PUBLIC_JOB, listingStatus: 'LISTED' }),
        ),
        url: `${pathOf(definitionOf('jobPostingStatus'))}?ids=${PUBLIC_JOB}`,
      },
      put('Write a candidate', candidates, candidate),
      get('Read the candidate', candidates, reads(candidate)),
      patch('Tie the candidate to a member', candidates, { $set: { manualMatchedMember: '{{person}}' } }),
      {
        ...get('Read the tie', candidates, reads({ manualMatchedMember: '{{person}}' })),
        url: `${pathOf(candidates)}?${idsOf(candidates)}&fields=matchedMembers,manualMatchedMember`,
      },
      patch('Lift the tie', candidates, { $delete: ['manualMatchedMember'] }),
      put(
        'Write a note on a candidate',
        definitionOf('notes', 'atsCandidates'),
        recordOf('candidateNote', candidates),
      ),
      put('Write an application', applications, recordOf('application', applications)),
      ...CHILDREN.map(([name, resource, kind]) => {
        const definition = definitionOf(resource, 'atsApplications');
        return put(name, definition, recordOf(kind, definition));
      }),
      {
        ...put('A record without a required field is refused by name', applications, { firstName: 'Ada' }),
        checks: [
          answers(200),
          spoken,
          everyKey(422),
          {
            name: 'names the field',
            lines: [
              "pm.expect(Object.values(answer.errors)[0].message).to.include('ERROR :: /lastName :: field is required');",
            ],
          },
        ],
      },
    ],
  };
}

const ACL_PARTS = { atsEntityAclId: VALUES.atsEntityAclId, atsEntityType: VALUES.atsEntityType };

export function access(): PostmanFolder {
  const acls = definitionOf('atsEntityAcls');
  const assignees = definitionOf('atsEntityAclAssignees');
  const acl = { ...ACL_PARTS, atsEntityId: JOB_ID };
  const assignee = { ...ACL_PARTS, assignee: '{{person}}' };
  return {
    name: 'Access',
    requests: [
      put('Secure the job with a team', acls, {}),
      find('Find what secures the job', acls, `atsEntityType=JOB_POSTING&atsEntityId=${JOB_ID}`, acl),
      put('Put a person into the team', assignees, {}),
      find(
        'Find the teams of the person',
        assignees,
        `assignee={{person}}&atsEntityAclId=TEAM-{{run}}`,
        assignee,
      ),
      remove('Take the person out of the team', assignees),
      remove('Take the team from the job', acls),
      find('Nothing secures the job any more', acls, `atsEntityType=JOB_POSTING&atsEntityId=${JOB_ID}`),
      put('A person may come before the team', assignees, {}),
      remove('And leave again', assignees),
    ],
  };
}

export function deletions(): PostmanFolder {
  const candidates = definitionOf('atsCandidates');
  const applications = definitionOf('atsApplications');
  return {
    name: 'Deletion',
    requests: [
      remove('Delete the candidate', candidates),
      remove('Its note went with it', definitionOf('notes', 'atsCandidates'), 404),
      get('The candidate is gone', candidates, everyKey(404)),
      remove('Delete the application', applications),
      ...CHILDREN.map(([, resource, kind]) =>
        remove(`What belonged to it is gone: ${kind}`, definitionOf(resource, 'atsApplications'), 404),
      ),
      ...[PUBLIC_JOB, JOB_ID].map((id): PostmanRequest => {
        const definition = definitionOf('simpleJobPostings');
        const record = {
          ...recordOf('job', definition),
          externalJobPostingId: id,
          jobPostingOperationType: 'CLOSE',
        };
        return {
          name: `Close ${id}`,
          verb: 'POST',
          url: pathOf(definition),
          headers: headersOf(definition, 'batch_create'),
          body: { elements: [record] },
          as: 'customer',
          checks: [answers(200), spoken, everyElement(202)],
        };
      }),
    ],
  };
}
