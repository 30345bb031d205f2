// Listens to the site's own data layer, so that a shop with GA4's e-commerce events in it needs no further line of code. A file of its
// own, loaded when the tag says `data-layer`.
import './wire.ts';

/** What a shop tells of products and orders; other pushes are none of our business. */
const EVENTS =
  /^(view_item(_list)?|select_item|add_to_(cart|wishlist)|remove_from_cart|view_cart|begin_checkout|add_(shipping|payment)_info|purchase|refund|(view|select)_promotion)$/;

type Pushed = Record<string | number, unknown>;
const isObject = (value: unknown): value is Pushed => typeof value === 'object' && value !== null;

/** Both ways shops tell: an object with `event` and `ecommerce`, and the arguments of gtag('event', name, parameters). */
function take(pushed: unknown): void {
  if (!isObject(pushed)) return;
  const gtag = pushed[0] === 'event';
  const name = gtag ? pushed[1] : pushed.event;
  if (typeof name !== 'string' || !EVENTS.test(name)) return;
  const said = gtag ? pushed[2] : (pushed.ecommerce ?? pushed);
  if (!isObject(said)) return;
  const properties: Record<string, unknown> = {};
  for (const key of Object.keys(said)) {
    const value = said[key];
    if (typeof value === 'string') properties[key] = value.slice(0, 500);
    else if (key === 'items' || typeof value === 'number' || typeof value === 'boolean') properties[key] = value;
  }
  if (!gtag && said === pushed) delete properties.event;
  // an element or a circle in a data layer ends in an error here, and the page goes on
  window.tradewind?.(name, JSON.parse(JSON.stringify(properties)));
}

function heed(pushed: unknown): void {
  try {
    take(pushed);
  } catch {
    // what can't be told is left out
  }
}

const named = document.querySelector<HTMLScriptElement>('script[data-site][data-layer]')?.dataset.layer;
const name = named || 'dataLayer';
const holder = window as unknown as Record<string, unknown[] | undefined>;
const existing = holder[name];
const layer = existing ?? [];
holder[name] = layer;
layer.slice().forEach(heed);
// tag managers put a push of their own in its place and call the one they found, so ours is called whoever comes first
const push = layer.push;
layer.push = (...pushed: unknown[]): number => {
  const length = push.apply(layer, pushed);
  pushed.forEach(heed);
  return length;
};
