// What every change of calls, numbers and codes ends with.
import { api, queryClient } from '../../../web/api.ts';

/** After a change: every list and figure of them on screen. */
export const reloadContacts = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: api.contacts.key() }),
    queryClient.invalidateQueries({ queryKey: api.contactSources.key() }),
  ]);
