// Tells Yandex Metrica and Google Analytics, where they are on the page, that a goal of ours was reached, so that Direct and Google Ads
// learn from it. A file of its own with a tag of its own, before that of tw.js: it hears every event from the first.
import { isGoal, revenueOf } from './goal-rules.ts';
import type { ToldGoal, ToldGoals, TrackedEvent, Tradewind } from './wire.ts';

type Command = (...said: unknown[]) => void;
interface Counters {
  ym?: Command;
  gtag?: Command;
  dataLayer?: unknown[];
}

const TRIES = 40;
const TRY_MS = 500;

/** A counter may come later than we: it is waited for, for twenty seconds. */
function when<Found>(find: () => Found | undefined, run: (found: Found) => void, tries = TRIES): void {
  try {
    const found = find();
    if (found) run(found);
    else if (tries > 0) setTimeout(() => when(find, run, tries - 1), TRY_MS);
  } catch {
    // a counter that fails is no business of the page
  }
}

function tell(goal: ToldGoal, metrica: string | null, event: TrackedEvent): void {
  const page = window as unknown as Counters;
  const money =
    goal.worth === undefined ? revenueOf(event, goal.currency) : { amount: goal.worth, currency: goal.currency };
  const { metrica: target, ga4 } = goal;
  if (target && metrica) {
    const params = money ? { order_price: money.amount, currency: money.currency } : {};
    when(
      () => page.ym,
      (ym) => ym(Number(metrica), 'reachGoal', target, params),
    );
  }
  if (!ga4) return;
  const params = money ? { value: money.amount, currency: money.currency } : {};
  when(
    // under Google Tag Manager there is no gtag: an event of its own is what its triggers hear
    () => page.gtag || (page.dataLayer && ((_: unknown, event: unknown) => page.dataLayer?.push({ event, ...params }))),
    (gtag: Command) => gtag('event', ga4, params),
  );
}

try {
  const script = document.currentScript as HTMLScriptElement;
  const known = window.tradewind;
  if (known?.consent) console.warn('Tradewind: the tag of tw-goals.js must stand before that of tw.js.');
  else if (!navigator.globalPrivacyControl) {
    let told: ToldGoals | undefined;
    let waiting: TrackedEvent[] = [];
    const calls: IArguments[] = [];
    const stub = (known ||
      function () {
        // biome-ignore lint/complexity/noArguments: an array of them is what a site's own stub holds too
        calls.push(arguments);
      }) as Tradewind;
    if (!known) stub.q = calls;
    const hear = (event: TrackedEvent): void => {
      if (!told) waiting.push(event);
      else for (const goal of told.goals) if (isGoal(goal, event)) tell(goal, told.metrica, event);
    };
    stub.heard = (event) => {
      try {
        hear(event);
      } catch {
        // never into the tracker
      }
    };
    window.tradewind = stub;
    const goThrough = (answer: ToldGoals): void => {
      told = answer;
      waiting.forEach(stub.heard!);
      waiting = [];
    };
    fetch(new URL(`collect/goals/${script.dataset.site}`, script.src).href)
      .then((answer) => answer.json())
      .then((answer: ToldGoals) => goThrough(answer.goals ? answer : { metrica: null, goals: [] }))
      .catch(() => goThrough({ metrica: null, goals: [] }));
  }
} catch {
  // the page goes on without it
}
