import type { TenantPlan } from '../ensure-tenant.ts';

/** The invented company of the demo world. */
export const COMPANY: TenantPlan = {
  label: 'demo',
  organizationUrn: 'urn:li:organization:71048315',
  name: 'Halyard & Pine',
  atsName: 'Bosun',
  contractName: 'Halyard & Pine Talent',
  seats: [
    {
      firstName: 'Marguerite',
      lastName: 'Ossian',
      email: 'marguerite@halyard-pine.example',
      isAdmin: true,
      memberExternalId: 'staff-marguerite',
    },
    {
      firstName: 'Idris',
      lastName: 'Vale',
      email: 'idris@halyard-pine.example',
      isAdmin: false,
      memberExternalId: 'staff-idris',
    },
    {
      firstName: 'Noor',
      lastName: 'Castellan',
      email: 'noor@halyard-pine.example',
      isAdmin: false,
      memberExternalId: 'staff-noor',
    },
  ],
};

/** Who alone may see the confidential job. */
export const SECURED_FOR = 'idris@halyard-pine.example';

const TITLES = ['Head of Talent', 'Senior Recruiter', 'Recruiter'] as const;

/** The company's own people in the member directory. */
export function staffLines(): object[] {
  return COMPANY.seats.map(({ firstName, lastName, email, memberExternalId }, index) => ({
    id: memberExternalId,
    firstName,
    lastName,
    emails: [email],
    headline: `${TITLES[index]} at ${COMPANY.name}`,
    industry: 'Sporting Goods Manufacturing',
    location: 'Hamburg, Hamburg',
    address: { city: 'Hamburg', country: 'DE' },
    positions: [{ title: TITLES[index], companyName: COMPANY.name, startDate: '2021-04', endDate: null }],
    shareWithThirdParties: false,
  }));
}
