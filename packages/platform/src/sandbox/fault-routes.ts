import type { Route } from '../kernel/http.ts';
import { doorOf } from './door.ts';
import type { FaultRules } from './rules.ts';

export function faultRoutes(rules: FaultRules): Route[] {
  const answer = () => ({ rules: rules.all });
  return [
    doorOf('GET', '/sandbox/faults', answer),
    doorOf('POST', '/sandbox/faults', (body) => {
      rules.add(Array.isArray(body.rules) ? body.rules : [body]);
      return answer();
    }),
    doorOf('DELETE', '/sandbox/faults', () => {
      rules.clear();
      return answer();
    }),
  ];
}
