// An access log becomes visits: upload it, watch it being read or leave, see what came of it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../../web/api.ts';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem } from '../../../../web/parts/problem.tsx';
import { Rows } from '../../../../web/parts/rows.tsx';
import { Section } from '../../../../web/parts/section.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import { ChooseFiles } from './choose-files.tsx';
import { ImportRow } from './import-row.tsx';
import { UploadState } from './upload-state.tsx';
import { useUploading } from './uploading.ts';

const ENDED = ['done', 'failed', 'cancelled', 'dead'];

export default function ImportLog() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const uploading = useUploading();
  const sites = useQuery(api.sites.list.queryOptions({ input: { workspace: workspace.id } }));
  const list = useQuery(
    api.logImports.list.queryOptions({
      input: { workspace: workspace.id },
      refetchInterval: (query) => (query.state.data?.every((one) => ENDED.includes(one.state)) ? false : 1000),
    }),
  );
  const manage = may('analytics:manage') && may('files:write');
  return (
    <Page title={t('importLog.title')} intro={t('importLog.intro')}>
      <Section title={t('importLog.new')}>
        {!manage && <p>{t('importLog.readOnly')}</p>}
        {manage && uploading === undefined && sites.data && <ChooseFiles workspace={workspace.id} sites={sites.data} />}
        {manage && uploading?.workspace === workspace.id && <UploadState of={uploading} />}
        {manage && uploading !== undefined && uploading.workspace !== workspace.id && <p>{t('importLog.elsewhere')}</p>}
        {sites.isError && <Problem error={sites.error} onRetry={sites.refetch} />}
      </Section>
      <Section title={t('importLog.imports')}>
        {list.isError ? (
          <Problem error={list.error} onRetry={list.refetch} />
        ) : (
          <Rows rows={list.data} empty={t('importLog.none')}>
            {(row) => <ImportRow key={row.id} row={row} manage={may('jobs:manage')} />}
          </Rows>
        )}
      </Section>
    </Page>
  );
}
