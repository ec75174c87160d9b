/** What an ATS reads back of a contract, and no other slice keeps: its seats. */
export { retrievalRoutes } from './routes.ts';
