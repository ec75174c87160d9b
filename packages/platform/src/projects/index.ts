export { createProject, type Projects } from './change.ts';
export { savePeople } from './change-people.ts';
export { forgetProjectNews, mayHear, PROJECTS_LANE, type ProjectNews } from './news.ts';
export { readStanding } from './pipeline.ts';
export { readProjects } from './read.ts';
export { projectRoutes } from './routes.ts';
export { visibleProject } from './visible.ts';
