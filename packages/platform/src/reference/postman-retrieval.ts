import { answers, check, finds } from './postman-checks.ts';
import {
  DIALECT,
  definitionOf,
  type PostmanFolder,
  type PostmanRequest,
  pathOf,
  restDefinitions,
} from './postman-request.ts';

/** What an ATS reads back. */
export function retrieval(): PostmanFolder {
  const at = (name: string) => pathOf(definitionOf(name));
  const read = (name: string, url: string, ...checks: PostmanRequest['checks']): PostmanRequest => ({
    name,
    verb: 'GET',
    url,
    as: 'customer',
    checks,
  });
  const refusal = check('says why', "pm.expect(answer.message).to.be.a('string').and.not.empty;");
  const page = check('gives a page', 'pm.expect(answer.paging).to.include({ start: 0, count: 10 });');
  const versioned = restDefinitions.find(({ name }) => name === 'exportedCandidates');
  if (!versioned) throw new Error('no versioned exportedCandidates');
  return {
    name: 'Retrieval',
    requests: [
      read(
        'The first seat of a contract',
        `${at('seats')}?q=seatsByAttributes&contracts={{contract}}&active=true&count=1&fields=contractId,active,id`,
        answers(200),
        finds({ contractId: '{{contract}}', active: true }),
        check('keeps its id', "pm.collectionVariables.set('seat', String(answer.elements[0].id));"),
      ),
      read(
        'The same with state and roles',
        `${at('seatsV2')}?q=attributes&contracts={{contract}}&states=ACTIVE&start=0&count=1&fields=contract,state`,
        answers(200),
        finds({ contract: '{{contract}}', state: 'ACTIVE' }),
      ),
      read(
        'An exported person by the id of a notification that never was',
        `${at('exportedCandidates')}?q=request&requestId=none-{{run}}`,
        answers(404),
        refusal,
      ),
      read(
        'Exported people whose account is closed since',
        `${at('exportedCandidates')}?q=closedProfiles&integrationContext={{organization}}&closedAfter=0`,
        answers(200),
        page,
      ),
      {
        ...read(
          'The same id in the versioned dialect',
          `${pathOf(versioned)}?q=request&requestId=none-{{run}}`,
          answers(404),
          refusal,
        ),
        headers: { 'LinkedIn-Version': DIALECT },
      },
      read(
        'What a seat wrote and was answered',
        `${at('conversationEvents')}?q=criteria&viewer=urn:li:seat:{{seat}}&timeRange.start=0&timeRange.end=1`,
        answers(200),
        finds(),
      ),
      read(
        'Members who answered whether they share their contact data',
        `${at('mailStubs')}?q=contract&contract={{contract}}&owners=urn:li:seat:{{seat}}&createdDateStart=0&createdDateEnd=1`,
        answers(200),
        finds(),
      ),
      read(
        'What a seat noted of people',
        `${at('prospectNotes')}?q=criteria&contract={{contract}}&owners=urn:li:seat:{{seat}}&beforeDate=1&cutoffDate=0`,
        answers(200),
        finds(),
      ),
    ],
  };
}
