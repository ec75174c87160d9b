import { startFrame } from '../frame/start.tsx';
import { Onboarding } from './onboarding.tsx';
import { loadWords } from './words.ts';

void startFrame({ kind: 'onboarding', prepare: loadWords, View: Onboarding });
