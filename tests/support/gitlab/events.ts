import type { Answer, Asked, Routes } from '../loopback.ts';
import { guarded, refused, type State } from './state.ts';

/** https://docs.gitlab.com/api/resource_state_events/ – of issues that nobody has changed. */
export function eventRoutes(state: State): Routes {
  const none = (asked: Asked): Answer => {
    const row = state.issues.find((each) => String(each.iid) === asked.params['iid']);
    return row ? { json: [] } : refused(404, '404 Issue Not Found');
  };
  return guarded(state, {
    'GET /projects/:id/issues/:iid/resource_state_events': [{}, none],
    'GET /projects/:id/issues/:iid/resource_label_events': [{}, none],
    'GET /projects/:id/issues/:iid/resource_milestone_events': [{}, none],
  });
}
