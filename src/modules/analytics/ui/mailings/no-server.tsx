// Said before someone waits for mail that can't leave.
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import styles from './mailings.module.css';

export function NoServer() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const server = useQuery(
    api.mail.server.queryOptions({ input: { workspace: workspace.id }, enabled: may('connections:read') }),
  );
  if (server.data?.by !== 'none') return null;
  return (
    <p className={styles.warn} role="status">
      {t('mailings.noServer')} <Link to={`/w/${workspace.id}/settings/mail`}>{t('mailings.setUp')}</Link>
    </p>
  );
}
