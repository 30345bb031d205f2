// The default channel group: the rules of METHODS in their order, first match wins.
import { SEARCH_CLICK_IDS } from './click-ids.ts';
import type { Kind } from './known-sources.ts';
import { kindOfSource } from './referrers.ts';

export const CHANNELS = [
  'Cross-network',
  'Paid Shopping',
  'Paid Search',
  'Paid Social',
  'Paid Video',
  'Display',
  'Paid Other',
  'Organic Shopping',
  'Organic Social',
  'Organic Video',
  'AI Assistants',
  'Organic Search',
  'Email',
  'Affiliates',
  'Audio',
  'SMS',
  'Push',
  'Referral',
  'Direct',
  'Unassigned',
] as const;
export type Channel = (typeof CHANNELS)[number];

export interface ChannelInput {
  source: string;
  medium: string;
  campaign: string;
  clickIdName: string;
  referrerHost: string;
}

const PAID = /^(.*cp.*|ppc|retargeting|paid.*)$/;
const SHOPPING = /^(.*(([^a-df-z]|^)shop|shopping).*)$/;
const CROSS_NETWORK = /cross[-_ ]?network|performance[-_ ]?max|(?:^|[^a-z])pmax(?:[^a-z]|$)|demand[-_ ]?gen/;
const DISPLAY = /^(?:display|banner|expandable|interstitial|cpm)$/;
const SOCIAL = /^(?:social|social[-_ ](?:network|media)|sm|smm|messenger)$/;
const VIDEO = /^.*video.*$/;
const ASSISTANT = /^(?:ai|ai[-_ ]assistants?|llm|chatbot)$/;
const EMAIL = /^(?:e[-_ ]?mail|newsletter|mailing|webmail|mail)$/;
const AFFILIATE = /^(?:affiliates?|partners?)$/;
const AUDIO = /^(?:audio|podcast|radio)$/;
const PUSH = /push$|mobile|notification/;
const REFERRAL = /^(?:referral|app|link)$/;
const DIRECT_SOURCE = new Set(['', 'direct', '(direct)']);
const DIRECT_MEDIUM = new Set(['', 'none', '(none)', '(not set)']);

// A mailing tagged utm_source=mail.ru is mail, not search: a medium that names a later channel is
// believed before the list of sources.
function namesAnotherChannel(medium: string): boolean {
  return EMAIL.test(medium) || AFFILIATE.test(medium) || AUDIO.test(medium) || medium === 'sms' || PUSH.test(medium);
}

function paidChannel(kind: Kind | '', medium: string, campaign: string, clickIdName: string): Channel | undefined {
  const paid = PAID.test(medium);
  if (paid && (kind === 'shopping' || SHOPPING.test(campaign))) return 'Paid Shopping';
  if ((paid && kind === 'search') || SEARCH_CLICK_IDS.has(clickIdName)) return 'Paid Search';
  if (paid && kind === 'social') return 'Paid Social';
  if (paid && kind === 'video') return 'Paid Video';
  if (DISPLAY.test(medium)) return 'Display';
  return paid ? 'Paid Other' : undefined;
}

function organicChannel(listed: Kind | '', medium: string, campaign: string): Channel | undefined {
  const kind = namesAnotherChannel(medium) ? '' : listed;
  if (kind === 'shopping' || SHOPPING.test(campaign)) return 'Organic Shopping';
  if (kind === 'social' || SOCIAL.test(medium)) return 'Organic Social';
  if (kind === 'video' || VIDEO.test(medium)) return 'Organic Video';
  if (kind === 'ai' || ASSISTANT.test(medium)) return 'AI Assistants';
  return kind === 'search' || medium === 'organic' ? 'Organic Search' : undefined;
}

/** The channel of a visit's source. Takes the values as `deriveSource` gives them; upper case does not matter. */
export function channelOf(input: ChannelInput): Channel {
  const source = input.source.toLowerCase();
  const medium = input.medium.toLowerCase();
  const campaign = input.campaign.toLowerCase();
  const kind = kindOfSource(source);
  if (CROSS_NETWORK.test(campaign)) return 'Cross-network';
  const listed = paidChannel(kind, medium, campaign, input.clickIdName) ?? organicChannel(kind, medium, campaign);
  if (listed) return listed;
  if (kind === 'email' || EMAIL.test(source) || EMAIL.test(medium)) return 'Email';
  if (AFFILIATE.test(medium)) return 'Affiliates';
  if (AUDIO.test(medium)) return 'Audio';
  if (source === 'sms' || medium === 'sms') return 'SMS';
  if (PUSH.test(medium) || source === 'firebase') return 'Push';
  if (REFERRAL.test(medium)) return 'Referral';
  if (DIRECT_SOURCE.has(source) && DIRECT_MEDIUM.has(medium) && input.referrerHost === '' && campaign === '')
    return 'Direct';
  return 'Unassigned';
}
