// A destructive act is confirmed by typing the name of what it hits, so no one loses a thing to a slip of the hand.
import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from './problem.tsx';

interface Props {
  opened: boolean;
  title: string;
  text: string;
  /** what must be typed */
  name: string;
  action: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function Confirm({ opened, title, text, name, action, busy, error, onConfirm, onClose }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const close = () => {
    setTyped('');
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== name) return;
          setTyped('');
          onConfirm();
        }}
      >
        <p style={{ marginTop: 0 }}>{text}</p>
        <TextInput
          label={t('confirm.type', { name })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
        {error != null && <Problem error={error} />}
        <Group mt="md" justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="var(--bad)" disabled={typed.trim() !== name} loading={busy}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
