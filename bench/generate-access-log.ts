// A made-up access log in the combined format, the same for the same seed: visitors who come back, robots, tagged links, referrers,
// assets and errors in shares like those of a small shop. `node bench/generate-access-log.ts [lines=2000000] [file=access.log] [seed=42]`
import { closeSync, openSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const WORDS =
  'shoes jacket camera laptop guide review summer sale garden kitchen travel hotel berlin london paris coffee bike phone case music book winter boots lamp desk chair organic tea running watch'.split(
    ' ',
  );
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const CHROME = [118, 120, 122, 124, 125, 126, 127, 128];
const FIREFOX = [115, 121, 124, 126, 127];
const ROBOTS = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)',
  'curl/8.5.0',
  'python-requests/2.32.3',
  'Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)',
];
const START = Date.UTC(2026, 8, 1) / 1000;
const SPAN_SECONDS = 30 * 86_400;
const LINES_A_WRITE = 20_000;

const PAGES = Array.from({ length: 8_000 }, (_, i) => {
  if (i === 0) return '/';
  const folder = ['/blog/', '/product/', '/category/', '/docs/', '/help/'][i % 5];
  return `${folder}${word(i % 31)}-${word((i * 7) % 31)}-${i}${i % 5 === 3 ? '.html' : ''}`;
});
const ASSETS = Array.from({ length: 400 }, (_, i) => {
  const name = ['/static/js/app', '/static/css/site', '/img/photo', '/img/icon', '/fonts/inter'][i % 5];
  return `${name}.${((i * 2654435761) >>> 8).toString(16)}${['.js', '.css', '.jpg', '.svg', '.woff2'][i % 5]}`;
});
const REFERRERS = [
  'https://www.google.com/',
  'https://www.google.de/',
  'https://www.bing.com/',
  'https://duckduckgo.com/',
  'https://t.co/AbC',
  'https://www.facebook.com/',
  'https://l.instagram.com/',
  'https://www.linkedin.com/',
  'https://news.ycombinator.com/',
  'https://www.reddit.com/r/shopping/',
  ...Array.from({ length: 300 }, (_, i) => `https://www.blog-${word(i % 31)}${i}.example/post/${i * 13}`),
];

function word(i: number): string | undefined {
  return WORDS[i];
}

/** Numbers from 0 to 1 (mulberry32) and what is drawn with them. */
class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  below(n: number): number {
    return Math.floor(this.next() * n);
  }
  /** Small numbers far more often than large ones. */
  skewed(n: number, power = 4): number {
    return Math.floor(n * this.next() ** power);
  }
  one<Value>(values: readonly Value[]): Value {
    return values[this.below(values.length)] as Value;
  }
}

function browserOf(c: Chance): string {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
  const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64';
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)';
  switch (c.below(8)) {
    case 0:
      return `${windows}) ${webkit} Chrome/${c.one(CHROME)}.0.0.0 Safari/537.36`;
    case 1:
      return `${mac} ${webkit} Chrome/${c.one(CHROME)}.0.0.0 Safari/537.36`;
    case 2:
      return `${windows}) ${webkit} Chrome/${c.one(CHROME)}.0.0.0 Safari/537.36 Edg/${c.one(CHROME)}.0.0.0`;
    case 3:
      return `${windows}; rv:${c.one(FIREFOX)}.0) Gecko/20100101 Firefox/${c.one(FIREFOX)}.0`;
    case 4:
      return `Mozilla/5.0 (iPhone; CPU iPhone OS 17_${c.below(6)} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${c.below(6)} Mobile/15E148 Safari/604.1`;
    case 5:
      return `Mozilla/5.0 (Linux; Android ${c.one([10, 12, 13, 14])}; ${c.one(['K', 'SM-S911B', 'Pixel 7', 'SM-A546B', '2201117TY'])}) ${webkit} Chrome/${c.one(CHROME)}.0.0.0 Mobile Safari/537.36`;
    case 6:
      return `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.${c.below(6)} Safari/605.1.15`;
    default:
      return `Mozilla/5.0 (X11; Linux x86_64; rv:${c.one(FIREFOX)}.0) Gecko/20100101 Firefox/${c.one(FIREFOX)}.0`;
  }
}

function addressOf(k: number): string {
  const hash = Math.imul(k + 1, 2654435761) >>> 0;
  return `${1 + ((hash >>> 24) % 222)}.${(hash >>> 16) & 255}.${(hash >>> 8) & 255}.${hash & 255}`;
}

interface Hit {
  client: string;
  agent: string;
  path: string;
  referrer: string;
  method: string;
}

function robotHit(c: Chance): Hit {
  const robot = c.below(ROBOTS.length);
  const client = addressOf(10_000_000 + robot * 50 + c.below(50));
  const path = c.next() < 0.05 ? '/robots.txt' : (PAGES[c.below(PAGES.length)] ?? '/');
  return { client, agent: ROBOTS[robot] ?? '', path, referrer: '-', method: 'GET' };
}

function ownPage(c: Chance): string {
  return `https://www.example.com${PAGES[c.skewed(PAGES.length)]}`;
}

function queryOf(c: Chance): string {
  const chance = c.next();
  if (chance < 0.06) {
    const source = c.one(['newsletter', 'google', 'facebook']);
    return `?utm_source=${source}&utm_medium=${c.one(['email', 'cpc', 'social'])}&utm_campaign=c${c.below(40)}`;
  }
  if (chance < 0.09) return `?q=${c.one(WORDS)}+${c.one(WORDS)}&page=${c.below(9)}`;
  return '';
}

function referrerOf(c: Chance): string {
  const chance = c.next();
  if (chance < 0.35) return '-';
  return chance < 0.65 ? (REFERRERS[c.skewed(REFERRERS.length)] ?? '-') : ownPage(c);
}

function personHit(c: Chance, addresses: number, agents: readonly string[]): Hit {
  const visitor = c.skewed(addresses, 1.6);
  // one browser a visitor, so that a visitor stays the same
  const agent = agents[(Math.imul(visitor + 7, 40503) >>> 0) & 511] ?? '';
  const who = { client: addressOf(visitor), agent, method: 'GET', referrer: '-' };
  const chance = c.next();
  if (chance < 0.45) return { ...who, path: ASSETS[c.skewed(ASSETS.length, 2)] ?? '/', referrer: ownPage(c) };
  if (chance < 0.93) {
    const path = `${PAGES[c.skewed(PAGES.length)]}${queryOf(c)}`;
    return { ...who, path, referrer: referrerOf(c) };
  }
  if (chance < 0.97) {
    const path = c.one(['/api/cart', '/api/login', '/search']);
    return { ...who, method: 'POST', path, referrer: 'https://www.example.com/' };
  }
  return { ...who, path: c.one(['/favicon.ico', '/robots.txt', '/wp-login.php', '/.env', '/sitemap.xml']) };
}

function statusOf(c: Chance, hit: Hit): number {
  const chance = c.next();
  if (hit.path === '/wp-login.php' || hit.path === '/.env' || chance < 0.02) return 404;
  if (chance < 0.05) return 301;
  if (chance < 0.12 && hit.method === 'GET') return 304;
  return chance < 0.123 ? 500 : 200;
}

function sizeOf(c: Chance, status: number): number {
  if (status === 304) return 0;
  return status >= 300 ? 153 + c.below(400) : 400 + c.skewed(180_000, 3);
}

function stampOf(second: number): string {
  const at = new Date(second * 1000);
  const day = String(at.getUTCDate()).padStart(2, '0');
  return `${day}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}

export function generateAccessLog(file: string, lines: number, seed = 42): void {
  const c = new Chance(seed);
  const agents = Array.from({ length: 600 }, () => browserOf(c));
  const addresses = Math.max(1000, Math.floor(lines / 25));
  const out = openSync(file, 'w');
  let waiting: string[] = [];
  let lastSecond = -1;
  let stamp = '';
  for (let i = 0; i < lines; i++) {
    const second = START + Math.floor((i / lines) * SPAN_SECONDS);
    if (second !== lastSecond) stamp = stampOf(second);
    lastSecond = second;
    const hit = c.next() < 0.15 ? robotHit(c) : personHit(c, addresses, agents);
    const status = statusOf(c, hit);
    const size = sizeOf(c, status);
    const request = `${hit.method} ${hit.path} HTTP/${c.next() < 0.7 ? '2.0' : '1.1'}`;
    waiting.push(`${hit.client} - - [${stamp}] "${request}" ${status} ${size} "${hit.referrer}" "${hit.agent}"\n`);
    if (waiting.length === LINES_A_WRITE) {
      writeSync(out, waiting.join(''));
      waiting = [];
    }
  }
  if (waiting.length > 0) writeSync(out, waiting.join(''));
  closeSync(out);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [, , lines = '2000000', file = 'access.log', seed = '42'] = process.argv;
  generateAccessLog(file, Number(lines), Number(seed));
}
