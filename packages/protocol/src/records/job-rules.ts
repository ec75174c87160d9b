import { parseUrn } from '../urn.ts';
import { WORKPLACE_TYPES } from './job-schema.ts';

/** What breaks a rule of job postings that a schema cannot state: pairs of path and reason. */
export type Breach = readonly [path: string, reason: string];

const MISSING = 'field is required but not found and has no default value';
const E_MAIL = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/;
const DECIMAL = /^\d{1,15}(\.\d{1,6})?$/;
const CURRENCY = /^[A-Z]{3}$/;

type Fields = Readonly<Record<string, unknown>>;

export function jobBreaches(job: Fields): Breach[] {
  const breaches: Breach[] = [];
  if (!job.integrationContext && !job.company && !job.companyName && !job.companyPageUrl)
    breaches.push(['/integrationContext', MISSING]);
  if (!job.location && !job.countryCode) breaches.push(['/location', MISSING]);
  if (typeof job.trackingPixelUrl === 'string' && !isWebUrl(job.trackingPixelUrl))
    breaches.push(['/trackingPixelUrl', 'is not the address of a web page']);
  for (const field of ['requisitionOwnerEmail', 'posterEmail']) {
    const email = job[field];
    if (typeof email === 'string' && !E_MAIL.test(email))
      breaches.push([`/${field}`, 'is not an e-mail address of the form X@X.X']);
  }
  breaches.push(...workplaceBreaches(job), ...urnBreaches(job), ...compensationBreaches(job));
  return breaches;
}

/** The documented spelling of a workplace type, whose letter case does not matter; null for anything else. */
export function workplaceType(text: string): (typeof WORKPLACE_TYPES)[number] | null {
  return WORKPLACE_TYPES.find((type) => type.toLowerCase() === text.toLowerCase()) ?? null;
}

export function isWebUrl(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '');
}

function workplaceBreaches({ workplaceTypes }: Fields): Breach[] {
  if (!Array.isArray(workplaceTypes)) return [];
  return workplaceTypes.flatMap((type, index) =>
    workplaceType(String(type)) ? [] : [[`/workplaceTypes/${index}`, notASymbol(type)] as const],
  );
}

function urnBreaches({
  industries,
  contract,
  listingType,
  availability,
  jobPostingOperationType,
}: Fields): Breach[] {
  const breaches: Breach[] = [];
  if (Array.isArray(industries))
    for (const [index, industry] of industries.entries())
      if (parseUrn(String(industry))?.type !== 'industry')
        breaches.push([`/industries/${index}`, 'is not the URN of an industry']);
  const isPremium = listingType === 'PREMIUM' && jobPostingOperationType !== 'DOWNGRADE';
  if (typeof contract === 'string') {
    if (parseUrn(contract)?.type !== 'contract') breaches.push(['/contract', 'is not the URN of a contract']);
  } else if (isPremium || availability === 'INTERNAL') breaches.push(['/contract', MISSING]);
  return breaches;
}

interface Amount {
  readonly amount: string;
  readonly currencyCode: string;
}

function compensationBreaches({ compensation }: Fields): Breach[] {
  // The schema holds: only what it leaves open is looked at.
  const { compensations } = (compensation ?? {}) as { compensations?: readonly Fields[] | null };
  return (compensations ?? []).flatMap(({ value, amount }, index) => {
    const path = `/compensation/compensations/${index}`;
    const { range, exactAmount } = (value ?? {}) as {
      range?: { start?: Amount | null; end?: Amount | null } | null;
      exactAmount?: Amount | null;
    };
    const breaches = [
      ...moneyBreaches(`${path}/value/range/start`, range?.start),
      ...moneyBreaches(`${path}/value/range/end`, range?.end),
      ...moneyBreaches(`${path}/value/exactAmount`, exactAmount),
      ...moneyBreaches(`${path}/amount`, amount as Amount | null | undefined),
    ];
    if (range && exactAmount) breaches.push([`${path}/value`, 'has both a range and an exact amount']);
    if (range?.start && range.end && Number(range.start.amount) > Number(range.end.amount))
      breaches.push([`${path}/value/range`, 'starts above its end']);
    return breaches;
  });
}

function moneyBreaches(path: string, money: Amount | null | undefined): Breach[] {
  if (!money) return [];
  const breaches: Breach[] = [];
  if (!DECIMAL.test(money.amount)) breaches.push([`${path}/amount`, 'is not a decimal number']);
  if (!CURRENCY.test(money.currencyCode))
    breaches.push([`${path}/currencyCode`, 'is not the code of a currency']);
  return breaches;
}

const notASymbol = (value: unknown) => `${JSON.stringify(String(value).slice(0, 60))} is not an enum symbol`;
