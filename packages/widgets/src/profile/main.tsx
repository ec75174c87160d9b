import { startFrame } from '../frame/start.tsx';
import './profile.css';
import { Profile } from './profile.tsx';
import { OwnRecord } from './record.tsx';

void startFrame({ kind: 'hcm', View: Profile, Seatless: OwnRecord });
