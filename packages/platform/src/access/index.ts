export { type JobFacts, maySee, type Viewer, type ViewerSeat } from './policy.ts';
export { type Feature, type JobColumns, loadViewer, viewerRows, viewersOf, visibleJob } from './where.ts';
