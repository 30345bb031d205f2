// Visits as a table to read from: as they stand, or computed anew as they were known at a past moment.
import { visitsSelect } from '../../../platform/events/visits-sql.ts';
import { quote } from './dimensions.ts';
import { known, own, type Scope } from './scope.ts';

/** Visits of the period; for a past moment they are computed anew from the events known then. */
export function visitsFrom(s: Scope): string {
  if (!s.asOf) return 'visits FINAL';
  const scope = `${own(s)} AND day >= toDate(${quote(s.from)}) - 2 AND day <= toDate(${quote(s.to)}) + 1${known(s)}`;
  const columns = `day_ AS day, visitor_ AS visitor, start_ AS start, finish_ AS finish, visitor_kind_ AS visitor_kind, bot_ AS bot,
    views_ AS views, events_ AS events, bounce_ AS bounce, engaged_ AS engaged, duration_ms_ AS duration_ms,
    landing_path_ AS landing_path, exit_path_ AS exit_path, paths_ AS paths, names_ AS names, ids_ AS ids, acts_ AS acts, net_ AS net,
    hostname_ AS hostname, referrer_host_ AS referrer_host, source_ AS source, medium_ AS medium, campaign_ AS campaign,
    content_ AS content, term_ AS term, channel_ AS channel, country_ AS country, browser_ AS browser,
    browser_version_ AS browser_version, system_ AS system, device_ AS device, language_ AS language`;
  const ofSite = (site: string): string =>
    `SELECT toUUID(${quote(s.workspace)}) AS workspace, toUUID(${quote(site)}) AS site, ${columns}
     FROM (${visitsSelect({ scope: `${scope} AND site = ${quote(site)}`, handedOver: true })})`;
  return `(${s.sites.map(ofSite).join(' UNION ALL ')})`;
}
