// The word at the edge of the screen that something was done. Loaded with the first one.
import '@mantine/notifications/styles.layer.css';
import { notifications } from '@mantine/notifications';
import styles from './undo-toast.module.css';

export { Notifications as Toasts } from '@mantine/notifications';
export const toasts = notifications;

export function UndoWords({ text, action, onUndo }: { text: string; action: string; onUndo: () => void }) {
  return (
    <span className={styles.words}>
      <span>{text}</span>
      <button type="button" className={styles.action} onClick={onUndo}>
        {action}
      </button>
    </span>
  );
}
