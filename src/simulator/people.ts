// Who comes: where they are, what they hold in their hands, and whether they let themselves be remembered.
import { between, pick, type Random, uuidOf } from './random.ts';
import { BUSINESS } from './world.ts';

/** Address blocks whose country is known. */
const PLACES = [
  { weight: 38, prefix: '88.198', language: 'de-DE' },
  { weight: 15, prefix: '81.2', language: 'en-GB' },
  { weight: 12, prefix: '145.97', language: 'nl-NL' },
  { weight: 11, prefix: '82.64', language: 'fr-FR' },
  { weight: 10, prefix: '85.164', language: 'nb-NO' },
  { weight: 8, prefix: '77.88', language: 'ru-RU' },
  { weight: 6, prefix: '83.25', language: 'pl-PL' },
] as const;

const BROWSERS = [
  {
    weight: 34,
    width: 1440,
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  },
  {
    weight: 25,
    width: 390,
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  },
  {
    weight: 20,
    width: 412,
    agent:
      'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  },
  {
    weight: 9,
    width: 1512,
    agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  },
  { weight: 8, width: 1536, agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0' },
  {
    weight: 4,
    width: 1280,
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  },
] as const;
export const ROBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
export const HIDDEN_ROBOT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36';

export interface Person {
  /** first-party id; undefined: not to be remembered */
  id: string | undefined;
  address: string;
  browser: (typeof BROWSERS)[number];
  language: string;
  /** the last day they came: a person comes once a day at most */
  lastDay: number;
}

/** Hands out people; two who can't be remembered are never alike on one day, or they would be one to any program. */
export class People {
  readonly #remembered: Person[] = [];
  #today = new Set<string>();
  #day = -1;

  someone(random: Random, day: number): Person {
    if (day !== this.#day) {
      this.#day = day;
      this.#today = new Set();
    }
    if (this.#remembered.length > 20 && random() < 0.24) {
      const known = this.#remembered[between(random, 0, this.#remembered.length - 1)]!;
      if (known.lastDay < day) {
        known.lastDay = day;
        return known;
      }
    }
    const browser = pick(random, BROWSERS);
    const place = pick(random, PLACES);
    const person: Person = {
      id: random() < BUSINESS.consent ? uuidOf(random) : undefined,
      address: '',
      browser,
      language: place.language,
      lastDay: day,
    };
    do person.address = `${place.prefix}.${between(random, 0, 255)}.${between(random, 1, 254)}`;
    while (this.#today.has(`${person.address} ${browser.agent}`));
    this.#today.add(`${person.address} ${browser.agent}`);
    if (person.id) this.#remembered.push(person);
    return person;
  }
}
