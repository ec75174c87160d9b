/** The words around pictures. */
export const words = {
  asTable: 'Show as table',
  asTableOf: (title: string) => `Show as table: ${title}`,
  noCalls: 'no calls',
};
