// Browser, system and kind of device from a user-agent string, and whether a person can be behind it.
import Bowser from 'bowser';
import UAParser from 'my-ua-parser';
import { botName, isRobot } from './bots.ts';
import { BROWSER_RULES } from './browser-rules.ts';
import { cached } from './cache.ts';

export interface Client {
  readonly browser: string;
  readonly browserVersion: string;
  readonly system: string;
  readonly device: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'other';
  readonly bot: boolean;
  readonly botName: string;
}

type Device = Client['device'];

const NAMES: Readonly<Record<string, string>> = {
  'Microsoft Edge': 'Edge',
  'Yandex Browser': 'Yandex Browser',
  'Android Browser': 'Android',
  'Samsung Internet for Android': 'Samsung Internet',
  'Opera Mobile': 'Opera',
  'Opera Touch': 'Opera Touch',
  'Mobile Safari': 'Safari',
  'Chrome WebView': 'Chrome',
  'Chrome Headless': 'Chrome',
  'Chrome Mobile': 'Chrome',
  'Mobile Firefox': 'Firefox',
  WebKit: 'Safari',
  IE: 'Internet Explorer',
  IEMobile: 'Internet Explorer',
};

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Xbox/, 'Xbox'],
  [/Windows Phone|WPDesktop|ZuneWP|XBLWP/, 'Windows Phone'],
  [/Windows CE|Windows Mobile/, 'Windows Mobile'],
  [/KAIOS/i, 'KaiOS'],
  [/Bada/, 'Bada'],
  [/\bBREW\b|Brew MP|\bBMP\b/, 'BREW'],
  [/Series ?40|Nokia\w*\/.*Series40/, 'Nokia Series 40'],
  [/MeeGo/, 'MeeGo'],
  [/SunOS|Solaris/, 'Solaris'],
  [/Tizen/, 'Tizen'],
  [/Web0S|webOS|hpwOS/, 'webOS'],
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Aurora|Sailfish/, 'Sailfish'],
  [/watchOS|Watch OS/i, 'watchOS'],
  [/tvOS|AppleTV|Apple TV/i, 'tvOS'],
  [/Roku/, 'Roku'],
  [/PLAYSTATION|PlayStation/, 'PlayStation'],
  [/Nintendo/, 'Nintendo'],
  [/\bKindle\/\d/, 'Kindle'],
  [/\bSilk\/|OculusBrowser/, 'Android'],
  [/Windows|Win(?:32|64|9[58]|NT)/, 'Windows'],
  [/iPhone|iPad|iPod|\biOS\b|\bFxiOS|\bCriOS|CFNetwork.*Darwin(?!.*(?:x86_64|i386))/, 'iOS'],
  [/CrOS/, 'Chrome OS'],
  [/Symbian|SymbOS|Series ?60|\bS60(?:V\d)?\b/, 'Symbian OS'],
  [/BlackBerry|BB10|PlayBook/, 'BlackBerry OS'],
  [/\bKF[A-Z]{2,4} Build|Android|Andr0id|\bAdr\b|Dalvik|okhttp.*Android/i, 'Android'],
  [/Mac OS X|Macintosh|Mac_PowerPC|macOS|Darwin/i, 'macOS'],
  [/(?:Mobile|Tablet); ?(?:[\w -]+; ?)?rv:[\d.]+\) Gecko\/[\d.]+ Firefox/, 'Firefox OS'],
  [/FreeBSD/, 'FreeBSD'],
  [/OpenBSD/, 'OpenBSD'],
  [/NetBSD/, 'NetBSD'],
  [/Linux|Ubuntu|Debian|X11/i, 'Linux'],
];

const TV =
  /SMART-?TV|SmartTV|HbbTV|NetCast|AppleTV|Apple TV|tvOS|GoogleTV|Google TV|Roku|CrKey|BRAVIA|\bAFT[A-Z]|Web0S|VIERA|Viera|Android TV|\bTV\b|PhilipsTV|DTV|Large Screen/;
const TABLET = /iPad|Tablet|PlayBook|Kindle|\bSilk\/|KFAPWI|Nexus (?:7|9|10)|SM-[TX]\d|\bPad\b|Xoom/;
const MOBILE =
  /Mobi|iPhone|iPod|Windows Phone|Windows CE|IEMobile|Symbian|SymbOS|BlackBerry|BB10|Opera M(?:ini|obi)|MIDP|UCWEB|J2ME|KAIOS|Phone\b|CFNetwork/i;
const OTHER = /PLAYSTATION|PlayStation|Nintendo|Xbox|watchOS|\bWatch\d/i;

function systemOf(userAgent: string): string {
  for (const [pattern, name] of SYSTEMS) if (pattern.test(userAgent)) return name;
  return '';
}

function deviceOf(userAgent: string, system: string): Device {
  if (TV.test(userAgent)) return 'tv';
  if (OTHER.test(userAgent)) return 'other';
  if (TABLET.test(userAgent)) return 'tablet';
  if (MOBILE.test(userAgent) || system === 'iOS') return 'mobile';
  // Android says "Mobile" for telephones only.
  if (system === 'Android' || system === 'HarmonyOS') return /^Mozilla/.test(userAgent) ? 'tablet' : 'mobile';
  return system === '' ? 'other' : 'desktop';
}

function byRule(userAgent: string): { name: string; version: string } | undefined {
  for (const [pattern, name] of BROWSER_RULES) {
    const found = pattern.exec(userAgent);
    if (!found) continue;
    const version = found.slice(1).find((group) => group !== undefined) ?? '';
    return { name: name === '$0' ? (found[0].split(/[ /]/, 1)[0] ?? '') : name, version };
  }
  return undefined;
}

// Programs that do not imitate a browser put their own name first.
function byOwnName(userAgent: string): { name: string; version: string } | undefined {
  if (/^(?:Mozilla|Opera|Dalvik|SAMSUNG|LG|Nokia|SonyEricsson|MOT|BlackBerry)/i.test(userAgent)) return undefined;
  const found = /^(\w[^/()[\],:]*?)(?:[,]|\/| v?(?=\d))v?(\d[\d.]*)?/.exec(userAgent);
  const name = (found?.[1]?.trim() ?? '').replace(/-(?:iPad|iPhone|iOS|android)$/i, '');
  return name === '' ? undefined : { name: decodeName(name), version: found?.[2] ?? '' };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name).slice(0, 64);
  } catch {
    return name.slice(0, 64);
  }
}

// A browser built on Chromium or WebKit adds its own name behind the engine's.
const TRAILING =
  /^Mozilla\/5\.0 .*\) (?:Version\/\S+ )?(?:Chrome\/\S+ )?(?:Version\/\S+ )?(?:Mobile\/?\S* )?Safari\/\S+ ([A-Za-z][\w.-]{2,30})\/(\d[\d.]*)/;

function byTrailingName(userAgent: string): { name: string; version: string } | undefined {
  const found = TRAILING.exec(userAgent);
  if (!found?.[1] || /^(?:Mobile|Version|Chrome|Safari|Build|Silk-Accelerated|NetType|Language|GLS)$/i.test(found[1]))
    return undefined;
  return { name: found[1], version: found[2] ?? '' };
}

function byParsers(userAgent: string): { name: string; version: string } {
  const browser = Bowser.getParser(userAgent).getBrowser();
  if (browser.name) return { name: NAMES[browser.name] ?? browser.name, version: browser.version ?? '' };
  const other = new UAParser(userAgent).getBrowser();
  return { name: NAMES[other.name ?? ''] ?? other.name ?? '', version: other.version ?? '' };
}

const UNKNOWN: Client = Object.freeze({
  browser: '',
  browserVersion: '',
  system: '',
  device: 'other',
  bot: false,
  botName: '',
});

const derive = cached<Client>(20_000, (given) => {
  // IIS logs write "+" for a space.
  const userAgent = (given.includes(' ') || !given.includes(';+') ? given : given.replaceAll('+', ' '))
    .slice(0, 1024)
    .trim();
  if (userAgent === '' || userAgent === '-') return UNKNOWN;
  const bot = isRobot(userAgent);
  const { name, version } =
    byRule(userAgent) ?? byOwnName(userAgent) ?? byTrailingName(userAgent) ?? byParsers(userAgent);
  const system = systemOf(userAgent);
  return Object.freeze({
    browser: name,
    browserVersion: version.slice(0, 32),
    system,
    device: bot ? 'other' : deviceOf(userAgent, system),
    bot,
    botName: bot ? botName(userAgent) : '',
  });
});

/** An empty user agent is unknown, not a robot. */
export function deriveClient(userAgent: string): Client {
  return derive(userAgent);
}
