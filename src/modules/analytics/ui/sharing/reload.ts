// What every change of a link ends with.
import { api, queryClient } from '../../../../web/api.ts';

/** After a change: every list of links on screen. */
export const reloadShares = () => queryClient.invalidateQueries({ queryKey: api.shares.key() });
