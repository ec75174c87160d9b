import { startFrame } from '../frame/start.tsx';
import { Onboarding } from './onboarding.tsx';

void startFrame({ kind: 'onboarding', View: Onboarding });
