// A press on a phone number, a mail address or a messenger: how many visits end where there is no form. Part of the file that is
// loaded later, because nobody calls within the first two seconds.
import './wire.ts';

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(tel|callto|sms):/, 'phone'],
  [/^mailto:/, 'mail'],
  [/^(whatsapp:|https?:\/\/(wa\.me|(api|chat)\.whatsapp\.com)\/)/, 'whatsapp'],
  [/^(tg:|https?:\/\/(t\.me|telegram\.me)\/)/, 'telegram'],
  [/^viber:/, 'viber'],
  [/^https?:\/\/(vk\.me|vk\.com\/im)/, 'vk'],
  [/^https?:\/\/(m\.me|max\.ru)\//, 'messenger'],
];

addEventListener(
  'click',
  (event) => {
    try {
      const link = event.composedPath().find((node) => (node as HTMLAnchorElement).href) as HTMLAnchorElement;
      const kind = KINDS.find(([pattern]) => pattern.test(link.href))?.[1];
      if (kind) window.tradewind?.('contact_click', { kind, to: link.href.slice(0, 200) });
    } catch {
      // a press on something that is no link
    }
  },
  true,
);
