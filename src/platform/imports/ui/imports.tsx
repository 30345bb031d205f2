// Tables from files: a new one step by step, and those that were imported, each of which can be taken back whole.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../../../web/address.ts';
import { api } from '../../../web/api.ts';
import { formatMoment } from '../../../web/format.ts';
import { Page } from '../../../web/parts/page.tsx';
import { Problem } from '../../../web/parts/problem.tsx';
import { Rows } from '../../../web/parts/rows.tsx';
import { Section } from '../../../web/parts/section.tsx';
import { useWorkspace } from '../../../web/workspace.ts';
import type { ImportView } from '../contract.ts';
import { useSummaryLine } from './checked.tsx';
import { DropFile, UploadState } from './drop-file.tsx';
import styles from './imports.module.css';
import { useOutcomeLine } from './outcome.tsx';
import { forget, useUploading } from './uploading.ts';
import { Wizard } from './wizard.tsx';
import { isLive, isStuck } from './working.tsx';

export default function Imports() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [search, setSearch] = useAddress();
  const uploading = useUploading();
  const kinds = useQuery(api.imports.kinds.queryOptions({ input: { workspace: workspace.id } }));
  const list = useQuery(
    api.imports.list.queryOptions({
      input: { workspace: workspace.id },
      refetchInterval: (query) => (query.state.data?.some(isLive) ? 1000 : false),
    }),
  );
  const own = uploading?.workspace === workspace.id ? uploading : undefined;
  const chosen = typeof search.import === 'string' ? search.import : own?.looked?.import.id;
  const close = () => {
    forget();
    setSearch({ import: undefined });
  };
  const kind = typeof search.kind === 'string' ? search.kind : undefined;
  return (
    <Page title={t('nav.imports')} intro={t('imports.intro')}>
      {kinds.isError && <Problem error={kinds.error} onRetry={kinds.refetch} />}
      {kinds.data && chosen !== undefined && (
        <Wizard
          key={chosen}
          id={chosen}
          kinds={kinds.data}
          looked={own?.looked?.import.id === chosen ? own.looked : undefined}
          onClose={close}
        />
      )}
      {kinds.data && chosen === undefined && (
        <Section title={t('imports.new')}>
          {!may('files:write') && <p>{t('imports.readOnly')}</p>}
          {may('files:write') && own === undefined && uploading === undefined && (
            <DropFile workspace={workspace.id} kinds={kinds.data} kind={kind} />
          )}
          {own && <UploadState of={own} />}
          {uploading && !own && <p>{t('imports.elsewhere')}</p>}
        </Section>
      )}
      <Section title={t('imports.past')}>
        {list.isError ? (
          <Problem error={list.error} onRetry={list.refetch} />
        ) : (
          <Rows rows={list.data} empty={t('imports.noneYet')}>
            {(view) => (
              <PastImport
                key={view.id}
                view={view}
                onOpen={() => {
                  forget();
                  setSearch({ import: view.id });
                  window.scrollTo({ top: 0 });
                }}
              />
            )}
          </Rows>
        )}
      </Section>
    </Page>
  );
}

function PastImport({ view, onOpen }: { view: ImportView; onOpen: () => void }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const summary = useSummaryLine();
  const outcome = useOutcomeLine();
  const said = isStuck(view)
    ? view.run?.state === 'cancelled'
      ? t(`imports.stopped.${view.state}`)
      : view.run?.error
    : view.state === 'done' || view.state === 'undone'
      ? outcome(view)
      : view.state === 'checked' && view.summary
        ? `${t('imports.states.checked')}: ${summary(view.summary)}`
        : t(`imports.states.${view.state}`);
  return (
    <li className={styles.past}>
      <button type="button" className={styles.open} onClick={onOpen}>
        {view.fileName}
      </button>
      <span className={styles.quiet}>
        {view.source} · {formatMoment(view.createdAt, i18n.language, workspace.timeZone)} · {view.createdBy}
      </span>
      <span className={isStuck(view) && view.run?.state !== 'cancelled' ? styles.bad : styles.state}>{said}</span>
    </li>
  );
}
