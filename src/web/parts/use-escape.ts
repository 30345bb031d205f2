// Escape closes what lies over the page wherever the focus is: a page that was drawn anew may have taken it away.
import { useWindowEvent } from '@mantine/hooks';

export function useEscape(opened: boolean, close: () => void): void {
  useWindowEvent('keydown', (event) => {
    if (opened && event.key === 'Escape') close();
  });
}
