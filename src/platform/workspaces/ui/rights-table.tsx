// Rights by role, straight from the table the server checks with.
import { useTranslation } from 'react-i18next';
import { PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '../../api/contract-base.ts';
import styles from './roles.module.css';

export function RightsTable() {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
    <section className={styles.scroll} tabIndex={0} aria-label={t('rolesPage.rights')}>
      <table className={styles.matrix}>
        <thead>
          <tr>
            <th scope="col">{t('rolesPage.right')}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {t(`roles.${role}.name`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {PERMISSIONS.map((permission) => (
            <tr key={permission}>
              <th scope="row">{t(`rights.${permission.replace(':', '-')}`)}</th>
              {ROLES.map((role) => {
                const has = ROLE_PERMISSIONS[role].includes(permission);
                return (
                  <td key={role} className={has ? styles.yes : styles.no}>
                    <span aria-hidden="true">{has ? '✓' : '–'}</span>
                    <span className="visually-hidden">{t(has ? 'rolesPage.yes' : 'rolesPage.no')}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
