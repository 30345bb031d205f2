// What every change of a report by mail ends with.
import { api, queryClient } from '../../../../web/api.ts';

/** After a change: every list of reports by mail on screen. */
export const reloadMailings = () => queryClient.invalidateQueries({ queryKey: api.mailings.key() });
