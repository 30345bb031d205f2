// Taking back what was just done: a word of it with a button for some seconds, and Ctrl+Z while it stands.
import i18next from 'i18next';
import { createElement } from 'react';

export interface Undoable {
  /** what was done, in words */
  text: string;
  /** the button's words */
  action: string;
  /** shown when taking back fails */
  failed: (error: unknown) => string;
  undo: () => Promise<unknown>;
}

const STANDS_MS = 12_000;
let last: { takeBack: () => void } | null = null;

/** Says what was done and how to take it back. The newest one is what Ctrl+Z means. */
export async function offerUndo({ text, action, failed, undo }: Undoable): Promise<void> {
  const { toasts, UndoWords } = await import('./undo-toast.tsx');
  const id = `undo-${Math.random()}`;
  const mine = {
    takeBack: () => {
      if (last === mine) last = null;
      toasts.hide(id);
      undo().catch((error: unknown) => toasts.show({ message: failed(error), color: 'red' }));
    },
  };
  last = mine;
  toasts.show({
    id,
    autoClose: STANDS_MS,
    closeButtonProps: { 'aria-label': i18next.t('close') },
    message: createElement(UndoWords, { text, action, onUndo: mine.takeBack }),
    onClose: () => {
      if (last === mine) last = null;
    },
  });
}

/** Takes back what was done last, if that is still on offer. */
export function takeBackLast(): boolean {
  const offered = last;
  offered?.takeBack();
  return offered !== null;
}
