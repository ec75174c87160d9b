import type { Customer } from '../../tenancy/testing/onboarding-customer.ts';
import type { OnboardingWorld } from '../../tenancy/testing/onboarding-world.ts';

export interface Outcome {
  readonly status: number;
  readonly code?: string;
}

interface Person {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
}

const wireKey = (organisation: string, id: string): string =>
  `atsCandidateId=${id}&dataProvider=ATS&integrationContext=${organisation}`;

function queryOf(organisation: string, ids: readonly string[]): string {
  return ids.map((id, index) => wireKey(organisation, id).replaceAll(/(^|&)/g, `$1ids[${index}].`)).join('&');
}

/** Puts candidates by their ids. @returns the answer, and what became of each */
export async function putCandidates(
  world: OnboardingWorld,
  { organisation, token }: Pick<Customer, 'organisation' | 'token'>,
  people: Readonly<Record<string, Person>>,
) {
  const ids = Object.keys(people);
  const entities = Object.fromEntries(
    Object.entries(people).map(([id, { firstName = 'Ada', lastName = 'B', email }]) => [
      wireKey(organisation.urn, id),
      {
        atsCreatedAt: 1,
        atsLastModifiedAt: 2,
        firstName,
        lastName,
        emailAddresses: email === undefined ? [] : [email],
      },
    ]),
  );
  const answer = await world.call(token, `/v2/atsCandidates?${queryOf(organisation.urn, ids)}`, {
    method: 'PUT',
    body: { entities },
  });
  const all = { ...answer.body?.results, ...answer.body?.errors } as Record<string, Outcome>;
  const outcomes = Object.fromEntries(
    Object.entries(all).map(([key, outcome]) => [
      new URLSearchParams(key).get('atsCandidateId') ?? key,
      outcome,
    ]),
  );
  return { ...answer, outcomes };
}

/** The candidates that are stored, by their ids. */
export async function getCandidates(
  world: OnboardingWorld,
  { organisation, token }: Pick<Customer, 'organisation' | 'token'>,
  ids: readonly string[],
): Promise<Record<string, { readonly matchedMembers?: readonly string[] }>> {
  const { body } = await world.call(token, `/v2/atsCandidates?${queryOf(organisation.urn, ids)}`);
  return Object.fromEntries(
    Object.entries(body.results as Record<string, { readonly matchedMembers?: readonly string[] }>).map(
      ([key, value]) => [new URLSearchParams(key).get('atsCandidateId') ?? key, value],
    ),
  );
}
