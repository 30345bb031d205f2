// How forms are filled: begun, sent after how long, or left and at which field. The names of fields are told, never what is in them.
// A file of its own with a tag of its own, anywhere on the page.
import './wire.ts';

interface Filling {
  /** milliseconds since 1970 */
  began: number;
  field: string;
  /** told as left, and nothing typed since */
  left: boolean;
}

const begun = new Map<HTMLFormElement, Filling>();
const told = (element: Element, names: readonly string[]): string =>
  names.map((name) => element.getAttribute(name)).find((value) => value) ?? '';
/** As tw.js names it. */
const nameOf = (form: HTMLFormElement): string => told(form, ['id', 'name', 'action']);
const seconds = ({ began }: Filling): number => Math.round((Date.now() - began) / 1000);

function typed({ target }: Event): void {
  const field = target as HTMLInputElement;
  const { form } = field;
  // a search is no form to be filled
  if (!form || field.type === 'search' || told(form, ['role']) === 'search' || !nameOf(form)) return;
  if (!begun.has(form)) {
    begun.set(form, { began: Date.now(), field: '', left: false });
    window.tradewind?.('form_start', { form: nameOf(form) });
  }
  const filling = begun.get(form)!;
  filling.field = told(field, ['name', 'id', 'aria-label', 'placeholder', 'type']).slice(0, 100);
  filling.left = false;
}

function sent({ target }: Event): void {
  const form = target as HTMLFormElement;
  const filling = begun.get(form);
  if (!filling) return;
  begun.delete(form);
  window.tradewind?.('form_filled', { form: nameOf(form), seconds: seconds(filling) });
}

function left(): void {
  if (!document.hidden) return;
  for (const [form, filling] of begun) {
    if (filling.left) continue;
    filling.left = true;
    const { field } = filling;
    window.tradewind?.('form_abandon', { form: nameOf(form), field, seconds: seconds(filling) });
  }
}

function heed(types: string, run: (event: Event) => void): void {
  for (const type of types.split(' ')) {
    addEventListener(
      type,
      (event) => {
        try {
          run(event);
        } catch {
          // the page goes on without it
        }
      },
      true,
    );
  }
}

heed('input change', typed);
heed('submit', sent);
heed('visibilitychange pagehide', left);
