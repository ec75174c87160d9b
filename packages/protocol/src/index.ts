export * from './errors.ts';
export * from './onboarding.ts';
export * from './records/schemas.ts';
export * from './records/validate.ts';
export * from './recruiter.ts';
export * from './resources.ts';
export * from './restli/index.ts';
export * from './urn.ts';
