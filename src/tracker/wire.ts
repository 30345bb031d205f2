// The words that the tracker, its lazy parts and the collector agree on. Types only: nothing of
// this file is in the built scripts.

export interface TrackedEvent {
  /** UUID v7; the same id is the same event, however often it arrives */
  id: string;
  name: string;
  /** milliseconds since 1970, UTC, by the visitor's clock */
  at: number;
  url: string;
  referrer?: string;
  title?: string;
  language?: string;
  /** CSS pixels */
  width?: number;
  properties?: Record<string, unknown>;
  /** `amount` is a decimal number in major units, `currency` is ISO 4217 */
  revenue?: { amount: string | number; currency: string };
  /** milliseconds engaged since the last engagement event of this page */
  duration?: number;
  /** deepest point of the page seen so far, per cent */
  scroll?: number;
}

export interface Envelope {
  site: string;
  /** milliseconds since 1970 by the visitor's clock, to correct `at` by */
  sent: number;
  /** first-party id, only with consent */
  visitor?: string;
  /** 1 while the id was made in this page load */
  fresh?: 1;
  /** Google Analytics' and Yandex Metrica's own client ids, where the site has them */
  ga?: string;
  ym?: string;
  events: TrackedEvent[];
}

export interface Tradewind {
  (name: string, properties?: Record<string, unknown>, revenue?: { amount: string | number; currency: string }): void;
  /** Allows or forgets the first-party id. Global Privacy Control is stronger than `true`. */
  consent(granted: boolean): void;
  q?: IArguments[];
  /** set before the tracker starts: hears every event as it is made; must not throw */
  heard?(event: TrackedEvent): void;
}

/** A condition on one event, as goals have it (PlainFilter of report/filter-contract.ts). */
export type ToldCondition =
  | { property: string; is: string; value?: string | number | (string | number)[] | undefined }
  | { and: ToldCondition[] }
  | { or: ToldCondition[] }
  | { not: ToldCondition };

export interface ToldGoal {
  /** left out: a page or a named event */
  what?: 'view' | 'event' | 'attention' | undefined;
  where?: ToldCondition | undefined;
  /** what Metrica and Google Analytics know it as */
  metrica?: string | undefined;
  ga4?: string | undefined;
  /** major units of `currency`; left out: the revenue of the event */
  worth?: number | undefined;
  currency: string;
}

/** GET <collect>/goals/SITEKEY */
export interface ToldGoals {
  /** the number of Metrica's counter */
  metrica: string | null;
  goals: ToldGoal[];
}

export interface ConsentText {
  version: string;
  language: string;
  title: string;
  text: string;
  accept: string;
  decline: string;
  policyUrl: string;
  /** "opt-in": nothing is stored before a choice; "notice": stored at once, the visitor may decline */
  mode: 'opt-in' | 'notice';
}

export interface ConsentProof {
  site: string;
  version: string;
  choice: 'granted' | 'denied';
  visitor?: string;
  at: number;
  language: string;
}

declare global {
  interface Window {
    tradewind?: Tradewind;
  }
  interface Navigator {
    globalPrivacyControl?: boolean;
  }
  interface Document {
    prerendering?: boolean;
  }
}

/** What one visitor is shown on a page. */
export interface ToldContact {
  /** digits of a number on the page, and the number to show in its place */
  numbers: [instead: string, number: string][];
  /** of this visitor, where the page has a place for one */
  code: string | null;
}
