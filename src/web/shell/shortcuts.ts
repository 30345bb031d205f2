// The keyboard map in one list. Keys are told by their place (KeyboardEvent.code), so they work under a Russian layout too.
import { pages } from '../../modules/pages.ts';
import type { PageEntry } from '../page-registry.ts';

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
export const MODIFIER = typeof navigator !== 'undefined' && isMac() ? '⌘' : 'Ctrl ';

export type ToolKey = 'palette' | 'bell' | 'help' | 'keys';

/** Single keys; they can be switched off, as speech input may type them by mistake. */
export const SINGLE: readonly { code: string; shown: string; tool: ToolKey }[] = [
  { code: 'Slash', shown: '/', tool: 'palette' },
  { code: 'KeyB', shown: 'B', tool: 'bell' },
  { code: 'KeyH', shown: 'H', tool: 'help' },
];

/** After G, the letter of a screen. */
export const jumps = (permissions: readonly string[]): (PageEntry & { letter: string })[] =>
  pages.flatMap((page) =>
    page.letter !== undefined && permissions.includes(page.permission) ? [{ ...page, letter: page.letter }] : [],
  );

const OFF = 'tradewind.keys';
export const singleKeysOn = (): boolean => localStorage.getItem(OFF) !== 'off';
export const setSingleKeys = (on: boolean): void =>
  on ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, 'off');
