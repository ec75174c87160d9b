import { startFrame, type WidgetProps } from '../frame/start.tsx';

function Profile({ me }: WidgetProps) {
  return <h1>{me.name}</h1>;
}

void startFrame({ kind: 'hcm', View: Profile });
