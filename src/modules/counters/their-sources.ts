// Words of other counters for where visits came from → our channels. GA4's default channel groups are the ones we use ourselves
// (METHODS, channels); Metrica's types of traffic source stand in its help under "Sources, summary", in both languages.
import { CHANNELS, channelOf } from '../analytics/index.ts';

const METRICA: Readonly<Record<string, string>> = {
  'direct traffic': 'Direct',
  'прямые заходы': 'Direct',
  direct: 'Direct',
  'internal traffic': 'Direct',
  'внутренние переходы': 'Direct',
  internal: 'Direct',
  saved: 'Direct',
  'переходы с сохраненных страниц': 'Direct',
  'cached page traffic': 'Direct',
  'search engine traffic': 'Organic Search',
  'переходы из поисковых систем': 'Organic Search',
  organic: 'Organic Search',
  'ad traffic': 'Paid Search',
  'переходы по рекламе': 'Paid Search',
  ad: 'Paid Search',
  'link traffic': 'Referral',
  'переходы по ссылкам на сайтах': 'Referral',
  referral: 'Referral',
  'social network traffic': 'Organic Social',
  'переходы из социальных сетей': 'Organic Social',
  social: 'Organic Social',
  'messenger traffic': 'Organic Social',
  'переходы из мессенджеров': 'Organic Social',
  messenger: 'Organic Social',
  'recommendation system traffic': 'Organic Social',
  'переходы из рекомендательных систем': 'Organic Social',
  recommend: 'Organic Social',
  'mailing traffic': 'Email',
  'переходы с почтовых рассылок': 'Email',
  email: 'Email',
  'qr code traffic': 'Referral',
  'переходы по qr коду': 'Referral',
  qrcode: 'Referral',
  undefined: 'Unassigned',
  'не определено': 'Unassigned',
  'ai assistants': 'AI Assistants',
};
const OWN = new Map(CHANNELS.map((channel) => [channel.toLowerCase(), channel as string]));
const plain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[-\s]+/g, ' ');

/** The channel a counter's word stands for; 'google / organic' goes by our own rules, what nobody knows is Unassigned. */
export function channelOfTheirs(source: string): string {
  const own = OWN.get(source.trim().toLowerCase()) ?? METRICA[plain(source)];
  if (own !== undefined) return own;
  const [name = '', medium = ''] = source.toLowerCase().split(' / ');
  return medium === ''
    ? 'Unassigned'
    : channelOf({ source: name, medium, campaign: '', clickIdName: '', referrerHost: '' });
}
