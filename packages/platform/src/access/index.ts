export {
  type JobFacts,
  maySee,
  maySeeCandidate,
  type Viewer,
  type ViewerSeat,
} from './policy.ts';
export {
  type Feature,
  type JobColumns,
  loadViewer,
  viewerRows,
  viewersOf,
  visibleCandidate,
  visibleJob,
} from './where.ts';
