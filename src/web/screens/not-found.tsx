// Shown at an address that leads nowhere.
import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PlainPage } from '../parts/plain-page.tsx';

export function NotFound() {
  const { t } = useTranslation();
  return (
    <PlainPage title={t('notFound.title')} intro={t('notFound.text')}>
      <Button component={Link} to="/">
        {t('notFound.home')}
      </Button>
    </PlainPage>
  );
}
