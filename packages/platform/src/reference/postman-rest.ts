import { RECORD_KINDS } from '@carrick/protocol';
import { reads } from './postman-checks.ts';
import { jobs } from './postman-records.ts';
import { get, type PostmanFolder, put, recordOf, remove, restDefinitions } from './postman-request.ts';

/** The same through `/rest`, resource by resource of its table: written, read where that is offered, and deleted. */
export function versioned(): PostmanFolder {
  const offered = restDefinitions.filter(({ isUnseen }) => isUnseen !== true);
  // Kind by kind as an ATS sends them; so what belongs to a record is deleted before it.
  const writable = RECORD_KINDS.flatMap((kind) =>
    offered
      .filter((definition) => definition.kind === kind && definition.methods.includes('batch_update'))
      .map((definition) => ({ definition, record: recordOf(kind, definition) })),
  );
  const posting = offered.find(({ name }) => name === 'simpleJobPostings');
  return {
    name: 'Versioned dialect',
    requests: [
      ...(posting ? jobs(posting, ['REST-PUBLIC-{{run}}', 'REST-{{run}}']) : []),
      ...writable.flatMap(({ definition, record }) => {
        const { name, methods } = definition;
        return [
          put(`${name}: write`, definition, record),
          ...(methods.includes('batch_get') ? [get(`${name}: read`, definition, reads(record))] : []),
        ];
      }),
      ...writable.toReversed().map(({ definition }) => remove(`${definition.name}: delete`, definition)),
    ],
  };
}
