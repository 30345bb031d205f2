// What every change of a dashboard ends with.
import { api, queryClient } from '../../../../web/api.ts';

/** After a change: every list of dashboards on screen. */
export const reloadDashboards = () => queryClient.invalidateQueries({ queryKey: api.dashboards.key() });
