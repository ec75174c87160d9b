import { type ApiBase, ERRORS, nameOnWire, type RecordKind, WANTED_FIELDS } from '@carrick/protocol';
import { type ApiResource, apiResources } from './api-resources.ts';
import type { FieldDescription } from './describe-fields.ts';
import { quotaText } from './openapi.ts';

/** What no schema can say, and the platform refuses all the same. Under the names of /v2. */
export const RULES_ACROSS_FIELDS: { readonly [K in RecordKind]?: readonly string[] } = {
  job: [
    'The company is named by integrationContext, company, companyPageUrl or companyName: one of them is required.',
    'location is required unless there is a countryCode.',
    'contract is required of a PREMIUM listing and of an INTERNAL job.',
    'A PUBLIC job needs a description of at least 100 characters: a shorter one ends as a failed task.',
  ],
  candidate: [
    'atsLastModifiedAt is not before atsCreatedAt.',
    'emailAddresses is required and may be empty.',
    `Without ${WANTED_FIELDS.candidate?.join(', ')} a record is taken with a warning in the request log, and refused by a platform that is strict. An empty list will do.`,
  ],
  application: [
    'atsLastModifiedAt is not before atsCreatedAt.',
    'candidateEmail should be sent whenever it is known: without it the application is tied to a member by its candidate only.',
  ],
  stage: ['"Not Available" is not a stage; any other wording is.'],
};

const KIND_TITLES: { readonly [K in RecordKind]: string } = {
  job: 'Jobs',
  candidate: 'Candidates',
  candidateNote: 'Notes on candidates',
  application: 'Applications',
  applicationNote: 'Notes on applications',
  interviewFeedback: 'Interview feedback',
  stage: 'Stages',
  entityAcl: 'Access lists',
  entityAclAssignee: 'Persons of access lists',
};

interface KindPage {
  readonly kind: RecordKind;
  readonly title: string;
  readonly v2: ApiResource;
  readonly rest: ApiResource | null;
}

export function kindPages(): readonly KindPage[] {
  const resources = apiResources();
  const find = (kind: RecordKind, base: ApiBase) =>
    resources.find((each) => each.definition.kind === kind && each.base === base && each.schema !== null) ??
    null;
  return Object.entries(KIND_TITLES).flatMap(([name, title]) => {
    const kind = name as RecordKind; // a key of the table above
    const v2 = find(kind, 'v2');
    return v2 ? [{ kind, title, v2, rest: find(kind, 'rest') }] : [];
  });
}

export function keyText({ definition }: ApiResource): string {
  return definition.key.simple ? 'its id' : definition.key.parts.join(', ');
}

/** The page of required fields, as Markdown. */
export function requiredFields(): string {
  return [
    '# Required fields',
    '',
    'Written by `npm run gen` from the record schemas that the platform checks with. A record that lacks a required field',
    `answers ${ERRORS.INVALID_RECORD.status} by itself and names the field; its neighbours are stored. An omitted optional field means null: a PUT`,
    'replaces. Unknown fields are left out. Values are never made up: send what you have.',
    '',
    ...kindPages().flatMap(sectionOf),
  ].join('\n');
}

function sectionOf(page: KindPage): string[] {
  const { kind, title, v2, rest } = page;
  const keys = [v2, rest].flatMap((each) => (each ? [`- \`${each.address}\`: key of ${keyText(each)}`] : []));
  const rules = RULES_ACROSS_FIELDS[kind] ?? [];
  return [
    `## ${title}`,
    '',
    ...keys,
    '',
    ...(v2.fields.length === 0 ? ['No fields beyond the key: the value is `{}`.', ''] : tableOf(page)),
    ...(rules.length === 0 ? [] : [...rules.map((rule) => `- ${rule}`), '']),
    quotaText(v2.address),
    '',
  ];
}

interface FieldRow extends FieldDescription {
  /** Its name under /rest, where that is another. */
  readonly restName: string | null;
}

/** The fields of both dialects; one that only /rest has comes last. */
export function fieldRows({ v2, rest }: KindPage): readonly FieldRow[] {
  const onRest = (name: string) => {
    const [first = '', ...inner] = name.split('/');
    return rest ? [nameOnWire(rest.definition, first), ...inner].join('/') : name;
  };
  const rows = v2.fields.map((field) => {
    const restName = onRest(field.name);
    const other = rest?.fields.find(({ name }) => name === restName);
    const rule = other && other.rule !== field.rule ? `${field.rule} (/rest: ${other.rule})` : field.rule;
    return { ...field, rule, restName: restName === field.name ? null : restName };
  });
  const covered = new Set(rows.map(({ name, restName }) => restName ?? name));
  const added = (rest?.fields ?? []).filter(({ name }) => !covered.has(name));
  return [...rows, ...added.map((field) => ({ ...field, restName: field.name }))];
}

function tableOf(page: KindPage): string[] {
  return [
    '| field | required | type | rule | under /rest |',
    '| --- | --- | --- | --- | --- |',
    ...fieldRows(page).map(({ name, restName, type, isRequired, rule }) => {
      const shown = restName === name ? 'none' : `\`${name}\``;
      return `| ${shown} | ${requiredText(name, isRequired)} | ${type} | ${rule} | ${restName === null ? '' : `\`${restName}\``} |`;
    }),
    '',
  ];
}

export function requiredText(name: string, isRequired: boolean): string {
  if (!isRequired) return '';
  return name.includes('/') ? 'with its object' : 'yes';
}
