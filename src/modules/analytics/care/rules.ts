// Rules about what is counted, made ready to be asked for every event: by the collector and the log import before anything is
// stored, and by the recount as conditions over what is stored. Both sides speak of the same patterns.
import { inNetworks, readNetwork } from '../../../platform/http/networks.ts';
import type { RuleKind } from './contract.ts';

export interface CountingRule {
  id: string;
  name: string;
  kind: RuleKind;
  pattern: string;
  site: string | null;
}

/** How visits with a referrer of the spam list are named among the robots. */
export const SPAM_NAME = 'Referrer spam';

const literal = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
/** A path pattern as an expression both JavaScript and ClickHouse read; `*` stands for anything. */
export const pathExpression = (pattern: string): string => `^${pattern.split('*').map(literal).join('.*')}$`;
/** Whether an address has one of the parameters; both engines read it. */
export const parameterExpression = (names: readonly string[]): string => `[?&](${names.map(literal).join('|')})=`;

/** 'spam.example' stands for itself and its subdomains. */
const onDomain = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
const domainOf = (pattern: string): string =>
  pattern
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^(\*\.|www\.)/, '');

export interface Verdict {
  bot: boolean;
  botName: string;
}

/** The rules of one site. */
export class CountingRules {
  readonly parameters: readonly string[];
  /** of paths left out */
  readonly paths: readonly { id: string; expression: string }[];
  readonly #addresses: { id: string; has: (address: string) => boolean }[];
  readonly #paths: { id: string; expression: RegExp }[];
  readonly #parameter: RegExp | null;
  readonly #spam: readonly string[];
  readonly #notSpam: readonly string[];
  readonly #robots: readonly { text: string; name: string }[];
  readonly #people: readonly string[];

  constructor(rules: readonly CountingRule[]) {
    const of = (kind: RuleKind) => rules.filter((rule) => rule.kind === kind);
    this.#addresses = of('address').flatMap(({ id, pattern }) => {
      const network = readNetwork(pattern);
      return network === null ? [] : [{ id, has: inNetworks([network]) }];
    });
    this.paths = of('path').map(({ id, pattern }) => ({ id, expression: pathExpression(pattern) }));
    // 's': a path may hold any character, and ClickHouse's dot is told so too
    this.#paths = this.paths.map(({ id, expression }) => ({ id, expression: new RegExp(expression, 's') }));
    this.parameters = of('parameter').map(({ pattern }) => pattern);
    this.#parameter = this.parameters.length > 0 ? new RegExp(parameterExpression(this.parameters)) : null;
    this.#spam = of('spam').map(({ pattern }) => domainOf(pattern));
    this.#notSpam = of('not-spam').map(({ pattern }) => domainOf(pattern));
    this.#robots = of('robot').map(({ pattern, name }) => ({ text: pattern.toLowerCase(), name }));
    this.#people = of('not-robot').map(({ pattern }) => pattern.toLowerCase());
  }

  get leavesOut(): boolean {
    return this.#addresses.length > 0 || this.#paths.length > 0;
  }

  /** The rule that leaves this visitor's address out. */
  ofAddress(address: string): string | undefined {
    return this.#addresses.find(({ has }) => has(address))?.id;
  }

  /** The rule that leaves this page out. */
  ofPath(path: string): string | undefined {
    return this.#paths.find(({ expression }) => expression.test(path))?.id;
  }

  /** An address of a page without the parameters that are not to be kept. */
  stripped(url: string): string {
    if (this.#parameter === null || !this.#parameter.test(url)) return url;
    const [, before = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)(#.*)?$/s.exec(url) ?? [];
    const kept = query.split('&').filter((pair) => !this.parameters.includes(pair.split('=', 1)[0]!));
    return `${before}${kept.length > 0 && kept[0] !== '' ? `?${kept.join('&')}` : ''}${fragment}`;
  }

  get judges(): boolean {
    return this.#spam.length > 0 || this.#robots.length > 0 || this.#people.length > 0;
  }

  isSpam(referrerHost: string): boolean {
    const on = (list: readonly string[]) => list.some((domain) => onDomain(referrerHost, domain));
    return referrerHost !== '' && on(this.#spam) && !on(this.#notSpam);
  }

  /** `derived`: what the user agent says by itself. A rule that it is a person goes before one that it is a robot. */
  judge(userAgent: string, referrerHost: string, derived: Verdict): Verdict {
    const agent = userAgent.toLowerCase();
    let found = derived;
    if (agent !== '') {
      const robot = this.#robots.find(({ text }) => agent.includes(text));
      if (this.#people.some((text) => agent.includes(text))) found = { bot: false, botName: '' };
      else if (robot) found = { bot: true, botName: robot.name };
    }
    return !found.bot && this.isSpam(referrerHost) ? { bot: true, botName: SPAM_NAME } : found;
  }
}

export const NO_RULES: CountingRules = new CountingRules([]);
