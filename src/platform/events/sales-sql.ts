// The one definition of a sale, as SQL over events and visits: which orders and refunds count, and the visit each belongs to.
// A plain implementation of the same rules stands in sales-reference.ts, and a property test compares the two.
import { MONEY, TOLD } from './visits-sql.ts';

/** A sale without a visit of its own belongs to the visitor's last one, not longer ago than this. */
export const LAST_VISIT_DAYS = 90;

const OF_EVENT = [
  'day',
  'id',
  'at',
  'visitor',
  'visitor_kind',
  'bot',
  'name',
  'status',
  'path',
  'properties',
  'person',
];
const OF_ORDER = ['order_id', 'coupon', 'revenue', 'currency', 'tax', 'shipping', 'items'];
const OF_VISIT = [
  ...['landing_path', 'exit_path', 'referrer_host', 'source', 'medium', 'campaign', 'content', 'term', 'channel'],
];
/** Of the visit, and of the event where there is none. */
const OF_EITHER = ['hostname', 'country', 'browser', 'browser_version', 'system', 'device', 'language'];

/** Columns of `sales`, without workspace, site, version and gone, in the order the select below yields them. */
export const SALE_COLUMNS = [...OF_EVENT, ...OF_ORDER, 'visit_start', ...OF_VISIT, ...OF_EITHER] as const;

/** A sale of nobody's visit: counted and shown, never passed off as Direct. */
const UNKNOWN_CHANNEL = 'Unassigned';

/**
 * SELECT that yields SALE_COLUMNS, one row an event of one site. `events`: a SELECT of rows of `events` that holds, for each order
 * in it, all events of that order. `visits`: a table or SELECT with the visits they can belong to.
 *
 * Of purchases with one order id (a page loaded twice, told by browser and server) one counts: what a browser told goes before
 * what a server did, then the earlier. A sale belongs to the visit of its visitor, by any of their ids, that began last before it; a
 * refund to the visit and the visitor of its order first. A refund that names an order and nothing more takes back all of it.
 */
export function salesSelect(of: { events: string; visits: string }): string {
  const columns = [...OF_EVENT, ...OF_ORDER, ...OF_EITHER].join(', ');
  const money = `SELECT ${columns}, ${TOLD} AS told FROM (${of.events}) WHERE ${MONEY}`;
  const ranked = `SELECT *, name != 'purchase' OR order_id = '' OR
      row_number() OVER (PARTITION BY order_id, name ORDER BY told, at, id) = 1 AS counts FROM (${money})`;
  const visit = ['start', ...OF_VISIT, ...OF_EITHER];
  const led = `SELECT arrayJoin(ids) AS who, start AS since, (${visit.join(', ')}) AS visit
    FROM ${of.visits} WHERE length(ids) > 1 OR visitor IN (SELECT visitor FROM (${of.events}))`;
  const near = `SELECT s.*, visit, dateDiff('millisecond', since, at) <= ${LAST_VISIT_DAYS * 86_400_000} AS known
    FROM (${ranked}) AS s ASOF LEFT JOIN (${led}) AS l ON l.who = s.visitor AND l.since <= s.at`;
  const ofOrder = (value: string, how = 'any'): string =>
    `${how}If(${value}, name = 'purchase' AND counts AND order_id != '') OVER (PARTITION BY order_id)`;
  const whole = "name = 'refund' AND order_id != '' AND revenue = 0 AND empty(items)";
  const belonging = `SELECT *, if(${whole}, ${ofOrder('(revenue, currency)')}, (-revenue, currency)) AS taken,
      if(${whole}, ${ofOrder('items')}, items) AS taken_items, ${ofOrder('visit')} AS ordered_visit, ${ofOrder('known', 'max')} AS ordered_known,
      if(name = 'refund' AND order_id != '', ${ofOrder('visitor')}, 0) AS ordered_by,
      name = 'refund' AND ordered_known OR NOT known AS by_order,
      if(by_order, ordered_visit, visit) AS led, if(by_order, ordered_known, known) AS led_known FROM (${near})`;
  const member = (name: string): string => `led.${visit.indexOf(name) + 1}`;
  const outer = SALE_COLUMNS.map((name) => {
    if (name === 'revenue') return '-taken.1 AS revenue_';
    if (name === 'visitor') return 'if(ordered_by != 0, ordered_by, visitor) AS visitor_';
    if (name === 'currency') return 'taken.2 AS currency_';
    if (name === 'items') return 'taken_items AS items_';
    if (name === 'visit_start') return `if(led_known, ${member('start')}, toDateTime64(0, 3, 'UTC')) AS visit_start_`;
    if (OF_EITHER.includes(name)) return `if(led_known, ${member(name)}, ${name}) AS ${name}_`;
    if (!OF_VISIT.includes(name)) return `${name} AS ${name}_`;
    return `if(led_known, ${member(name)}, '${name === 'channel' ? UNKNOWN_CHANNEL : ''}') AS ${name}_`;
  });
  return `SELECT ${outer.join(', ')}, counts FROM (${belonging})`;
}
