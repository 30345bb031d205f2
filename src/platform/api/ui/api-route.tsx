// One route of the API: what it does, the right it asks for, what it takes, and a call to try.
import { useTranslation } from 'react-i18next';
import { CopyLine } from '../../../web/parts/copy-line.tsx';
import styles from './api-docs.module.css';
import type { Route } from './description.ts';
import { exampleOf, typeOf } from './example.ts';

/** A call for the shell, with the company's own id and a key left to fill in. */
function curlOf(route: Route, workspace: string): string {
  const path = route.path.replace('{workspace}', workspace);
  const query = route.parameters
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => `${one.name}=${encodeURIComponent(String(exampleOf(one.schema, one.name) ?? ''))}`)
    .join('&');
  const url = `${window.location.origin}/api/v1${path}${query === '' ? '' : `?${query}`}`;
  const parts = [`curl '${url}'`];
  if (route.method !== 'GET') parts.push(`-X ${route.method}`);
  if (route.permission !== 'public') parts.push(`-H 'x-api-key: tw_…'`);
  if (route.body)
    parts.push(`-H 'content-type: application/json'`, `-d '${JSON.stringify(exampleOf(route.body) ?? {})}'`);
  return parts.join(' ');
}

export function ApiRoute({ route, workspace }: { route: Route; workspace: string }) {
  const { t } = useTranslation();
  const own = route.permission === 'public' || route.permission === 'signed-in';
  return (
    <details className={styles.route}>
      <summary>
        <span className={styles.method}>{route.method}</span>
        <code className={styles.path}>{route.path}</code>
        <span className={styles.what}>{route.summary}</span>
      </summary>
      <div className={styles.inside}>
        <p className={styles.quiet}>
          {own
            ? t(`apiDocs.permission.${route.permission}`)
            : t('apiDocs.needs', { right: t(`rights.${route.permission.replace(':', '-')}`), id: route.permission })}
        </p>
        {route.parameters.length > 0 && (
          <table className={styles.parameters}>
            <thead>
              <tr>
                <th scope="col">{t('apiDocs.name')}</th>
                <th scope="col">{t('apiDocs.where')}</th>
                <th scope="col">{t('apiDocs.takes')}</th>
              </tr>
            </thead>
            <tbody>
              {route.parameters.map((one) => (
                <tr key={`${one.in} ${one.name}`}>
                  <td>
                    <code>{one.name}</code>
                    {one.required && <span className={styles.quiet}> · {t('apiDocs.required')}</span>}
                  </td>
                  <td>{t(`apiDocs.in.${one.in}`)}</td>
                  <td>{typeOf(one.schema)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {route.permission !== 'signed-in' && (
          <CopyLine label={`${t('apiDocs.example')}: ${route.id}`} value={curlOf(route, workspace)} />
        )}
      </div>
    </details>
  );
}
