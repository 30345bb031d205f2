// The company day by day: expected visits from the world's rules, chance around them, and what follows days later. Yields
// what browsers, servers and ad networks would send; the truth of it all is complete when the last day was taken.
import { OtherCounter } from './other-counter.ts';
import { HIDDEN_ROBOT, People, type Person, ROBOT } from './people.ts';
import { between, delayDays, hex, poisson, type Random, streamOf } from './random.ts';
import { beginTruth, countOrder, countRefund, countVisit, type Truth } from './truth.ts';
import {
  type BrowserRequest,
  type Day,
  itemOf,
  makeVisit,
  type Order,
  type SimulatedEvent,
  type Visit,
} from './visit.ts';
import {
  BUSINESS,
  budgetOf,
  CAMPAIGNS,
  clicksFor,
  DAY_MS,
  HOST,
  ORIGINS,
  type Origin,
  STRAYS,
  seasonOf,
  weekdayOf,
} from './world.ts';

const PLANNED = ORIGINS.reduce((sum, { visits }) => sum + visits, 0) + 54;

export interface SimulationOptions {
  seed: number;
  siteKey: string;
  /** UTC midnight that ends the last day, milliseconds */
  until: number;
  days: number;
  /** visits of an ordinary day */
  perDay: number;
  currency: string;
}
export interface CostLine {
  day: string;
  source: string;
  medium: string;
  campaign: string;
  channel: string;
  /** minor units */
  amount: number;
  impressions: number;
  clicks: number;
}
export interface SimulatedDay {
  /** 0 is the first */
  day: number;
  requests: BrowserRequest[];
  /** what the shop's own server sends: refunds, offers, deals */
  server: SimulatedEvent[];
  /** of this day, as the networks say it first */
  costs: CostLine[];
  /** of days before, as they say it now */
  corrected: CostLine[];
}

type Later = {
  what: 'repeat' | 'refund' | 'offer' | 'decision';
  person: Person;
  order?: Order;
  channel?: string;
  lead?: string;
};

export class Simulation {
  readonly truth: Truth;
  /** complete when the last day was taken */
  readonly otherCounter = new OtherCounter();
  readonly #options: SimulationOptions;
  readonly #people = new People();
  readonly #later = new Map<number, Later[]>();
  readonly #firstWords = new Map<number, CostLine[]>();
  /** visits still owed by the carry-over of each campaign */
  readonly #afterGlow = new Map<string, number>();

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.truth = beginTruth(options.seed, [dayName(options.until - options.days * DAY_MS), dayName(options.until)]);
  }

  *days(): Generator<SimulatedDay> {
    for (let day = 0; day < this.#options.days; day++) yield this.#day(day);
    const { deals } = this.truth;
    deals.open = deals.offered - deals.won - deals.lost;
  }

  #day(number: number): SimulatedDay {
    const { seed, until, days, perDay, siteKey, currency } = this.#options;
    const random = streamOf(seed, number);
    const ago = days - number;
    const day: Day = { midnight: until - ago * DAY_MS, ago, siteKey, currency };
    const scale = perDay / PLANNED;
    const requests: BrowserRequest[] = [];
    const server: SimulatedEvent[] = [];
    const take = (visit: Visit, channel: string, person: Person, repeat: boolean): void => {
      requests.push(visit.request);
      if (visit.request.body.ga) this.otherCounter.count(visit.request.at, channel, visit.pageViews);
      this.#count(random, number, visit, { channel, person, repeat });
    };

    const origins = [...ORIGINS, ...STRAYS];
    const expected = new Map(origins.map((origin) => [origin.id, this.#ordinary(origin, day) * scale]));
    const costs = this.#advertise(day, scale, expected);
    for (const campaign of CAMPAIGNS) {
      const line = costs.find((cost) => cost.campaign === campaign.campaign);
      for (let v = poisson(random, line?.clicks ?? 0); v > 0; v--) {
        const person = this.#people.someone(random, number);
        take(makeVisit(random, day, campaign, person), campaign.channel, person, false);
      }
    }
    for (const origin of origins) {
      for (let v = poisson(random, expected.get(origin.id) ?? 0); v > 0; v--) {
        const person = this.#people.someone(random, number);
        take(makeVisit(random, day, origin, person), origin.channel, person, false);
      }
    }
    for (const later of this.#later.get(number) ?? []) this.#happen(random, day, later, take, server, number);
    this.#later.delete(number);
    const robots = this.#robots(random, day, requests.length);
    requests.push(...robots);
    for (const { at, userAgent } of robots) if (userAgent === HIDDEN_ROBOT) this.otherCounter.count(at, 'Direct', 1);
    requests.sort((a, b) => a.at - b.at);
    server.sort((a, b) => a.at - b.at);
    return { day: number, requests, server, costs: this.#firstWord(number, costs), corrected: this.#lastWord(number) };
  }

  #ordinary(origin: Origin, { midnight, ago }: Day): number {
    const growth = 1 + 0.25 * (1 - ago / 395);
    const letter = origin.id === 'newsletter' ? (new Date(midnight).getUTCDay() === 2 ? 4.6 : 0.4) : 1;
    return origin.visits * seasonOf(midnight) * weekdayOf(midnight) * growth * letter;
  }

  /** Spends the day's money, moves the visits that would have come anyway, and leaves an after-glow. */
  #advertise(day: Day, scale: number, expected: Map<string, number>): CostLine[] {
    const add = (origin: string, visits: number): void => {
      expected.set(origin, Math.max(0, (expected.get(origin) ?? 0) + visits));
    };
    return CAMPAIGNS.flatMap((campaign) => {
      const full = clicksFor(campaign, campaign.budget) * scale;
      const euros = budgetOf(campaign, day.ago, day.midnight);
      const clicks = clicksFor(campaign, euros) * scale;
      // expected visits hold those whom an ordinary day's ads take over: fewer ads give them back, more take more
      add(campaign.instead, (full - clicks) * (1 - campaign.incremental));
      const buys = ORIGINS.find(({ id }) => id === campaign.carryOver?.to)?.buys ?? 0;
      const truth = this.truth.byCampaign[campaign.id]!;
      truth.incrementalOrders += clicks * campaign.buys * campaign.incremental;
      if (campaign.carryOver) {
        const keep = 0.5 ** (1 / campaign.carryOver.halfLife);
        const glow = (this.#afterGlow.get(campaign.id) ?? 0) * keep + clicks * campaign.carryOver.visits * (1 - keep);
        this.#afterGlow.set(campaign.id, glow);
        add(campaign.carryOver.to, glow);
        truth.incrementalOrders += glow * buys;
      }
      if (euros === 0) return [];
      const { source, medium, campaign: name, channel } = campaign;
      const amount = Math.round(euros * scale * 100);
      return [
        {
          day: dayName(day.midnight),
          ...{ source, medium, campaign: name, channel },
          amount,
          impressions: Math.round(clicks * 38),
          clicks: Math.round(clicks),
        },
      ];
    });
  }

  /** A network's first word on a day counts clicks it takes back later. */
  #firstWord(number: number, last: readonly CostLine[]): CostLine[] {
    const first: CostLine[] = [];
    for (const line of last) {
      const campaign = CAMPAIGNS.find((one) => one.campaign === line.campaign)!;
      const truth = this.truth.byCampaign[campaign.id]!;
      const amount = campaign.restated ? Math.round(line.amount / campaign.restated.share) : line.amount;
      first.push({ ...line, amount });
      truth.costFirst += amount;
      truth.clicks += line.clicks;
      const due = number + (campaign.restated?.afterDays ?? 0);
      const corrects = campaign.restated !== undefined && due < this.#options.days;
      truth.cost += corrects ? line.amount : amount;
      if (corrects) this.#firstWords.set(due, [...(this.#firstWords.get(due) ?? []), line]);
    }
    return first;
  }
  #lastWord(number: number): CostLine[] {
    const lines = this.#firstWords.get(number) ?? [];
    this.#firstWords.delete(number);
    return lines;
  }

  #count(
    random: Random,
    number: number,
    visit: Visit,
    { channel, person, repeat }: { channel: string; person: Person; repeat: boolean },
  ): void {
    const { truth } = this;
    const { order } = visit;
    const day = dayName(visit.request.at);
    countVisit(truth, day, channel, {
      pageViews: visit.pageViews,
      orders: order ? 1 : 0,
      revenue: order?.amount ?? 0,
    });
    if (order) countOrder(truth, order);
    if (person.id) truth.consentedVisits++;
    if (visit.lostToEmptyShelf) truth.lostToEmptyShelves++;
    if (order && repeat) truth.repeatOrders++;
    else if (order) truth.customers++;
    if (order && person.id && random() < BUSINESS.repeats)
      this.#plan(number + delayDays(random, BUSINESS.repeatDays, 0.6), { what: 'repeat', person });
    if (order && random() < BUSINESS.refunds)
      this.#plan(number + delayDays(random, BUSINESS.refundDays, 0.5), { what: 'refund', person, order, channel });
    if (visit.lead) {
      truth.leads++;
      const lead = `L${hex(random, 10)}`;
      this.#plan(number + delayDays(random, BUSINESS.offerDays, 0.4), { what: 'offer', person, lead });
    }
  }

  #plan(day: number, later: Later): void {
    if (day >= this.#options.days) return;
    this.#later.set(day, [...(this.#later.get(day) ?? []), later]);
  }

  #happen(
    random: Random,
    day: Day,
    later: Later,
    take: (visit: Visit, channel: string, person: Person, repeat: boolean) => void,
    server: SimulatedEvent[],
    number: number,
  ): void {
    const { truth } = this;
    const { person } = later;
    const tell = (name: string, of: string, said: Partial<SimulatedEvent>): void => {
      const at = day.midnight + between(random, 28_800_000, 57_600_000);
      server.push({ id: hex(random, 32), name, at, person: of, ...said });
    };
    if (later.what === 'repeat') {
      // whoever came today already comes tomorrow
      if (person.lastDay >= number) {
        this.#plan(number + 1, later);
        return;
      }
      person.lastDay = number;
      const by = random() < 0.5 ? 'newsletter' : 'direct';
      const origin = ORIGINS.find(({ id }) => id === by)!;
      take(makeVisit(random, day, origin, person, true), origin.channel, person, true);
    } else if (later.what === 'refund' && later.order && later.channel) {
      const { id, amount, lines } = later.order;
      countRefund(truth, dayName(day.midnight), later.channel, amount);
      // half of them name the order alone, which takes back all of it
      const value = Number.parseInt(id.slice(-3, -2), 16) % 2 === 0 ? { value: amount / 100 } : {};
      const said = Object.keys(value).length > 0 ? { ...value, items: lines.map(itemOf) } : {};
      tell('refund', id, { ecommerce: { transaction_id: id, currency: this.#options.currency, ...said } });
    } else if (later.what === 'offer' && later.lead) {
      truth.deals.offered++;
      tell('deal_offered', later.lead, { properties: { lead: later.lead } });
      this.#plan(number + delayDays(random, BUSINESS.decisionDays, 0.6), { ...later, what: 'decision' });
    } else if (later.lead) {
      const amount = between(random, 90_000, 420_000);
      if (random() < BUSINESS.won) {
        truth.deals.won++;
        truth.deals.amount += amount;
        tell('deal_won', later.lead, { properties: { lead: later.lead, value: amount / 100 } });
      } else {
        truth.deals.lost++;
        tell('deal_lost', later.lead, { properties: { lead: later.lead } });
      }
    }
  }

  #robots(random: Random, day: Day, visits: number): BrowserRequest[] {
    const of = (count: number, userAgent: string, prefix: string): BrowserRequest[] =>
      Array.from({ length: count }, () => {
        const at = day.midnight + between(random, 0, DAY_MS - 3 * 3_600_000);
        return {
          at,
          address: `${prefix}.${between(random, 1, 250)}`,
          userAgent,
          body: {
            site: this.#options.siteKey,
            sent: at,
            events: [{ id: hex(random, 32), name: 'page_view', at, url: `https://${HOST}/tents/` }],
          },
        };
      });
    const all = [
      ...of(poisson(random, visits * BUSINESS.robots), ROBOT, '66.249.66'),
      ...of(poisson(random, visits * BUSINESS.hiddenRobots), HIDDEN_ROBOT, '34.94.12'),
    ];
    this.truth.robotViews += all.length;
    return all;
  }
}

export const dayName = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
