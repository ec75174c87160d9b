import { startFrame, type WidgetProps } from '../frame/start.tsx';

function Onboarding({ me }: WidgetProps) {
  return <h1>{me.organisation}</h1>;
}

void startFrame({ kind: 'onboarding', View: Onboarding });
