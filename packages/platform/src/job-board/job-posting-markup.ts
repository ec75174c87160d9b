import type { RecordOf } from '@carrick/protocol';
import { jobHtml, workplaceOf } from '../records/index.ts';
import type { BoardJob } from './read-jobs.ts';

/** What search engines read: schema.org JobPosting. */
export type JobPostingMarkup = Readonly<Record<string, unknown>>;

type EmploymentStatus = NonNullable<RecordOf<'job'>['employmentStatus']>;
const EMPLOYMENT_TYPES: Readonly<Record<EmploymentStatus, string>> = {
  FULL_TIME: 'FULL_TIME',
  PART_TIME: 'PART_TIME',
  CONTRACT: 'CONTRACTOR',
  INTERNSHIP: 'INTERN',
  TEMPORARY: 'TEMPORARY',
  VOLUNTEER: 'VOLUNTEER',
  OTHER: 'OTHER',
};

/** schema.org knows no half months: such a pay is left out rather than told wrong. */
const UNITS: Readonly<Record<string, string>> = {
  YEARLY: 'YEAR',
  MONTHLY: 'MONTH',
  WEEKLY: 'WEEK',
  DAILY: 'DAY',
  HOURLY: 'HOUR',
};

export function jobPostingMarkup(job: BoardJob, companyName: string, url: string): JobPostingMarkup {
  const { employmentStatus, companyJobCode, workplaceTypes } = job.extra;
  const employmentType = EMPLOYMENT_TYPES[employmentStatus as EmploymentStatus]; // undefined for what is none
  const isRemote = workplaceOf(workplaceTypes) === 'Remote';
  return {
    '@context': 'https://schema.org',
    '@type': 'JobPosting',
    title: job.title,
    description: jobHtml(job.description),
    identifier: {
      '@type': 'PropertyValue',
      name: companyName,
      value: typeof companyJobCode === 'string' ? companyJobCode : String(job.postingNo),
    },
    datePosted: new Date(job.listedAt).toISOString().slice(0, 10),
    ...(job.expiresAt === null ? {} : { validThrough: new Date(job.expiresAt).toISOString() }),
    hiringOrganization: { '@type': 'Organization', name: companyName },
    ...(employmentType === undefined ? {} : { employmentType }),
    ...(job.location === null ? {} : placeOf(job.location, isRemote)),
    ...salaryOf(job.extra.compensation),
    directApply: false,
    url,
  };
}

/** "City, State, Country" and its shorter forms; which of two parts is a state nobody says, so it stays the region. */
function placeOf(location: string, isRemote: boolean): JobPostingMarkup {
  const [addressLocality, addressRegion, ...rest] = location.split(',').map((part) => part.trim());
  const addressCountry = rest.at(-1);
  if (isRemote)
    return {
      jobLocationType: 'TELECOMMUTE',
      applicantLocationRequirements: {
        '@type': 'Country',
        name: addressCountry ?? addressRegion ?? addressLocality,
      },
    };
  return {
    jobLocation: {
      '@type': 'Place',
      address: {
        '@type': 'PostalAddress',
        addressLocality,
        ...(addressRegion ? { addressRegion } : {}),
        ...(addressCountry ? { addressCountry } : {}),
      },
    },
  };
}

type Compensation = NonNullable<NonNullable<RecordOf<'job'>['compensation']>['compensations']>[number];

function salaryOf(compensation: unknown): JobPostingMarkup {
  const all = (compensation as RecordOf<'job'>['compensation'])?.compensations ?? []; // checked before it was stored
  const base = all.find(({ type }) => (type ?? 'BASE_SALARY') === 'BASE_SALARY');
  const unitText = UNITS[base?.period ?? ''];
  const value = base && amountOf(base);
  return unitText && value
    ? {
        baseSalary: {
          '@type': 'MonetaryAmount',
          currency: value.currency,
          value: { '@type': 'QuantitativeValue', ...value.amounts, unitText },
        },
      }
    : {};
}

function amountOf({ value, amount }: Compensation) {
  const exact = value?.exactAmount ?? amount;
  if (exact) return { currency: exact.currencyCode, amounts: { value: Number(exact.amount) } };
  const { start, end } = value?.range ?? {};
  const currency = start?.currencyCode ?? end?.currencyCode;
  if (currency === undefined) return null;
  return {
    currency,
    amounts: {
      ...(start ? { minValue: Number(start.amount) } : {}),
      ...(end ? { maxValue: Number(end.amount) } : {}),
    },
  };
}

/** As the text of a script element: nothing in it can end the element or open a comment. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/>/g, '\\u003e')
    .replace(/&/g, '\\u0026')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
