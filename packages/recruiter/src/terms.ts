/** The words of the product: variables, so that a deployment may rename them. The same in every language. */
export const terms = {
  product: 'Carrick',
  message: 'Message',
  pastApplicants: 'Past applicants',
} as const;
