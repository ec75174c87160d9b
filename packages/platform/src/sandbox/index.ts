export { durationMs, timeAt } from './duration.ts';
export { addMagicMembers } from './magic-members.ts';
export { admitClock, openSandbox, type SandboxDoors } from './open-sandbox.ts';
