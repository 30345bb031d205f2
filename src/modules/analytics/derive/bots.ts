// The name of a robot, so that "which crawlers read the site" is a report; whether it is one at all is isbot's answer.
import { isbot, isbotMatch } from 'isbot';

// Written as their owners write them, where the general rule below would give something else.
const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/facebookexternalhit|facebookcatalog|meta-external/i, 'FacebookBot'],
  [/GoogleImageProxy/, 'GmailImageProxy'],
  [/developers\.google\.com\/\+\/web\/snippet/, 'GooglePlusBot'],
  [/YahooMailProxy/, 'YahooMailProxy'],
  [/\bPinterest(?:bot)?\/[\d.]+ \(\+/, 'Pinterestbot'],
  [/NewRelicPinger/, 'NewRelicPingerBot'],
  [/RuxitSynthetic/, 'Ruxit Synthetic'],
  [/StatusCake/, 'StatusCakeBot'],
  [/Pingdom/, 'PingdomBot'],
  [/Rackspace Monitoring/, 'RackspaceBot'],
  [/\bPTST\b/, 'WebPageTest.org bot'],
  [/HeadlessChrome/, 'HeadlessChrome'],
  [/Yahoo! Slurp/, 'Yahoo! Slurp'],
  [/Screaming Frog SEO Spider/, 'Screaming Frog SEO Spider'],
  [/python-requests/i, 'Python Requests'],
  [/Python\/[\d.]+ aiohttp/, 'Python aiohttp'],
  [/Sogou \w+ spider/i, '$0'],
  [/Ask Jeeves/, 'Ask Jeeves'],
  [/Speedy Spider/, '$0'],
  [/Xenu(?:'s)? Link Sleuth/, '$0'],
  [/Microsoft (?:Bing Mobile|MSN) SocialStreams Bot/, '$0'],
  [/BoardReader (?:Blog Indexer|Favicon Fetcher)/, '$0'],
  [/Feedjit Favicon Crawler|Comodo HTTP\(S\) Crawler|Bot Blocker Crawler/, '$0'],
  [/OpenVAS/, 'OpenVAS Scanner'],
  [/Googlebot-Mobile|KDDI-Googlebot-Mobile|Daumoa[\w-]*|Site24x7|Slurp|MSIECrawler/, '$0'],
  [/compatible; (?:008|80bot)\//, '80legs'],
];

const KIND = 'bot|crawl(?:er)?|spider|scraper|slurp|robot|fetcher|indexer|archiver|monitor|preview|checker|validator';
const WORD = new RegExp(`((?:[A-Z][\\w!.]*[ ])?[\\w!.:-]*?(?:${KIND})[\\w-]*)`, 'i');
const GENERIC =
  /^(?:Mozilla|compatible|AppleWebKit|KHTML|like|Gecko|Version|Chrome|Safari|Mobile|Firefox|Opera|MSIE|Windows|Linux|Macintosh|X11)$/i;

const SYSTEM =
  /^(?:MSIE|Windows|Linux|Mac|X11|U|en|SV1|Trident|\.NET|rv:|like)\b|^(?:compatible|MSIE or|Firefox|Yahoo!$|SLCC|FDM|not on)/i;
const LAST_KIND = new RegExp(`^(.*(?:${KIND})(?:[\\w-]*[a-z])?)`, 'i');

// "TheBot_2.3", "Crawler v1.0", "Spider,gzip(gfe)", "Crawler - looking for" and "Crawler Beta" are the robot before the rest.
function tidy(name: string): string {
  const head = name.split(/[,|]|:\s| - |\.\s/, 1)[0] ?? '';
  const cut = LAST_KIND.exec(head)?.[1] ?? head;
  return (
    cut
      .replace(/[\s_-]*(?:\bv(?:er(?:sion)?)?\.?)?[\s_-]*\d+(?:\.[\w.]*)?$/i, '')
      .replace(/\.com$/i, '')
      .trim() || cut.trim()
  );
}

function product(userAgent: string): string {
  const start = /^\W*([^/;()[\]]+?)(?:[/;()[\]]|\s+v?[\d.]+\b|$)/.exec(userAgent)?.[1]?.trim() ?? '';
  if (start !== '' && !GENERIC.test(start)) return tidy(start);
  for (const part of (/compatible;?([^()]*)/i.exec(userAgent)?.[1] ?? '').split(';')) {
    const name = tidy((part.split('/', 1)[0] ?? '').replace(/\s+v?[\d.]+.*$/, ''));
    if (name !== '' && !SYSTEM.test(name)) return name;
  }
  return '';
}

/** A name of at most 64 characters; 'bot' when the user agent names none. */
export function botName(userAgent: string): string {
  for (const [pattern, name] of KNOWN) {
    const found = pattern.exec(userAgent);
    if (found) return name === '$0' ? found[0] : name;
  }
  const text = userAgent.replace(/https?:\/\/\S+|www\.[^\s/]+\/\S+|\S+@\S+/gi, ' ').replace(/^DoCoMo\S* \w+[^ ]*/, '');
  const name = product(text);
  if (name !== '') return name.slice(0, 64);
  const word = tidy(WORD.exec(text)?.[1] ?? '');
  return (word || isbotMatch(userAgent) || 'bot').trim().slice(0, 64) || 'bot';
}

export function isRobot(userAgent: string): boolean {
  return isbot(userAgent);
}
