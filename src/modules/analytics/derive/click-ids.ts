// Click ids: what an advertising or mailing system adds to a link by itself, and what that says
// about the click when nobody wrote UTM tags. Order matters: the first id found is kept.

export interface ClickId {
  name: string;
  source: string;
  /** '' where the id does not say that the click was paid for. */
  medium: string;
}

export const CLICK_IDS: readonly ClickId[] = [
  { name: 'gclid', source: 'google', medium: 'cpc' },
  { name: 'gbraid', source: 'google', medium: 'cpc' },
  { name: 'wbraid', source: 'google', medium: 'cpc' },
  { name: 'dclid', source: 'google', medium: 'display' },
  { name: 'yclid', source: 'yandex', medium: 'cpc' },
  { name: 'ymclid', source: 'yandex market', medium: 'cpc' },
  { name: 'msclkid', source: 'bing', medium: 'cpc' },
  { name: 'vkclid', source: 'vk', medium: 'cpc' },
  { name: 'rb_clickid', source: 'vk', medium: 'cpc' },
  { name: 'ttclid', source: 'tiktok', medium: 'cpc' },
  { name: 'twclid', source: 'twitter', medium: 'cpc' },
  { name: 'li_fat_id', source: 'linkedin', medium: 'cpc' },
  { name: 'epik', source: 'pinterest', medium: 'cpc' },
  { name: 'sccid', source: 'snapchat', medium: 'cpc' },
  { name: 'rdt_cid', source: 'reddit', medium: 'cpc' },
  { name: 'qclid', source: 'quora', medium: 'cpc' },
  { name: 'dicbo', source: 'outbrain', medium: 'cpc' },
  { name: 'tblci', source: 'taboola', medium: 'cpc' },
  { name: 'irclickid', source: 'impact', medium: 'affiliate' },
  { name: 'awc', source: 'awin', medium: 'affiliate' },
  { name: 'cjevent', source: 'cj', medium: 'affiliate' },
  { name: 'admitad_uid', source: 'admitad', medium: 'affiliate' },
  { name: 'mc_cid', source: 'mailchimp', medium: 'email' },
  { name: '_hsenc', source: 'hubspot', medium: 'email' },
  { name: '_kx', source: 'klaviyo', medium: 'email' },
  // These mark a visit from the service, paid or not, so they are no proof of advertising.
  { name: 'ysclid', source: 'yandex', medium: 'organic' },
  { name: 'fbclid', source: 'facebook', medium: 'social' },
  { name: 'igshid', source: 'instagram', medium: 'social' },
  { name: 'igsh', source: 'instagram', medium: 'social' },
];

export const CLICK_ID_BY_NAME: ReadonlyMap<string, ClickId> = new Map(CLICK_IDS.map((id) => [id.name, id]));
export const CLICK_ID_RANK: ReadonlyMap<string, number> = new Map(CLICK_IDS.map((id, i) => [id.name, i]));

/** Ids that only search advertising adds. */
export const SEARCH_CLICK_IDS: ReadonlySet<string> = new Set(['gclid', 'gbraid', 'wbraid', 'yclid', 'msclkid']);

const TRACKING_NAMES: ReadonlySet<string> = new Set([
  ...CLICK_IDS.map((id) => id.name),
  ...['_openstat', 'etext', 'yadclid', 'yadordid', 'yrclid', 'srsltid', 'gclsrc', 'gad', '_ga', '_gl', '_gac'],
  ...['mc_eid', '_hsmi', '__hstc', '__hssc', '__hsfp', 'hsctatracking', 'mkt_tok', 'vero_id', 'oly_anon_id'],
  ...['oly_enc_id', '__s', '_branch_match_id', 'wickedid', 'ml_subscriber', 'ml_subscriber_hash', 'obclid'],
  ...['tw_source', 'fb_action_ids', 'fb_action_types', 'fb_source', 'fb_ref', 'action_object_map'],
]);
const TRACKING_PREFIX = /^(?:utm_|mtm_|pk_|piwik_|hsa_|gad_|at_custom)/;

/** Whether a parameter only says where the visitor came from, so that the page is the same without it. `name` in lower case. */
export function isTrackingParameter(name: string): boolean {
  return TRACKING_NAMES.has(name) || TRACKING_PREFIX.test(name);
}
