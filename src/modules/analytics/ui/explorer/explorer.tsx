// The explorer: any measures by any dimensions, in the form that shows it, kept under a name when it is worth it.
import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Search, useAddress } from '../../../../web/address.ts';
import { api, client } from '../../../../web/api.ts';
import { Page } from '../../../../web/parts/page.tsx';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { TableSearch } from '../../../../web/parts/table-tools.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { Waiting } from '../../../../web/parts/waiting.tsx';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { SavedReport } from '../../explorer/contract.ts';
import { type ExplorerQuestion, TOPS } from '../../explorer/question-contract.ts';
import { AnalysisPage } from '../analysis-page.tsx';
import { withValue } from '../filters.ts';
import { type Grain, stepDates } from '../period.ts';
import { ShareButton } from '../sharing/share-button.tsx';
import { useView } from '../view.ts';
import { partsIn, stepIn } from './answer-rows.ts';
import { useBook } from './book.ts';
import styles from './explorer.module.css';
import { FormStrip } from './form-strip.tsx';
import { Pickers } from './pickers.tsx';
import { changed, readQuestion, sameQuestion, writeQuestion } from './question.ts';
import { ReportBody } from './report-body.tsx';
import { SaveReport } from './save-report.tsx';
import { reloadReports, SavedList } from './saved-list.tsx';
import { useAnswer } from './use-answer.ts';

export default function Explorer() {
  const { t } = useTranslation();
  const { workspace, may } = useWorkspace();
  const [address, setAddress] = useAddress();
  const navigate = useNavigate();
  const [view, change] = useView();
  const problem = useProblemText();
  const [saving, setSaving] = useState<'new' | 'change' | null>(null);
  const book = useBook();
  const list = useQuery(api.savedReports.list.queryOptions({ input: { workspace: workspace.id } }));
  const saved = (list.data ?? []) as SavedReport[];
  const report = saved.find(({ id }) => id === address.report);
  // a saved report found by its name alone is asked as it was kept
  const bare = report !== undefined && address.measures === undefined;
  useEffect(() => {
    if (bare)
      void navigate({
        to: '.',
        search: (() => ({ ...writeQuestion(report.definition), report: report.id })) as never,
        replace: true,
      });
  }, [bare, report, navigate]);
  const question = bare ? report.definition : readQuestion(address);
  const listing = address.saved === 'active' || address.saved === 'archived' ? address.saved : undefined;
  const find = address.find === undefined ? '' : String(address.find);
  const answer = useAnswer(question, find);
  const manage = may('analytics:manage');
  const differs = report !== undefined && !sameQuestion(question, report.definition);
  const set = (next: Search) => setAddress({ find: undefined, ...next });
  const open = (one: SavedReport) =>
    void navigate({ to: '.', search: (() => ({ ...writeQuestion(one.definition), report: one.id })) as never });
  const onSaved = async (one: SavedReport) => {
    setSaving(null);
    await offerUndo({
      text: t('explorer.done', { name: one.name }),
      action: t('undo.action'),
      failed: problem,
      undo: async () => {
        await client.savedReports.undo({ workspace: workspace.id, report: one.id });
        await reloadReports();
      },
    });
    await reloadReports();
    setAddress({ report: one.id });
  };
  if (listing) {
    return (
      <Page
        title={t('explorer.saved')}
        actions={<Button onClick={() => setAddress({ saved: undefined })}>{t('explorer.ask')}</Button>}
      >
        {book ? (
          <SavedList
            book={book}
            state={listing}
            onState={(state) => setAddress({ saved: state })}
            onOpen={open}
            onNew={() => setAddress({ saved: undefined })}
          />
        ) : (
          <Waiting />
        )}
      </Page>
    );
  }
  return (
    <AnalysisPage
      title={report?.name ?? t('nav.explorer')}
      view={view}
      change={change}
      trust={answer.data?.trust}
      actions={
        <>
          <Button variant="default" onClick={() => setAddress({ saved: 'active' })}>
            {t('explorer.saved')}
          </Button>
          {report && !differs && <ShareButton name={report.name} of={{ report: report.id }} />}
          {manage && report && !differs && (
            <Button
              variant="default"
              onClick={() =>
                void navigate({ to: `/w/${workspace.id}/dashboards`, search: { add: report.id } as never })
              }
            >
              {t('explorer.toDashboard')}
            </Button>
          )}
          {manage && differs && <Button onClick={() => setSaving('change')}>{t('explorer.saveChange')}</Button>}
          {manage && (
            <Button variant={report ? 'default' : 'filled'} onClick={() => setSaving('new')}>
              {t(report ? 'explorer.saveAs' : 'explorer.save')}
            </Button>
          )}
        </>
      }
    >
      {list.isError && <Problem error={list.error} onRetry={list.refetch} />}
      {saving && (
        <SaveReport
          question={question}
          report={saving === 'change' ? report : undefined}
          onSaved={(one) => void onSaved(one)}
          onClose={() => setSaving(null)}
        />
      )}
      {!book ? (
        <Waiting />
      ) : (
        <>
          {report?.description && <p className={styles.about}>{report.description}</p>}
          <Pickers
            question={question}
            book={book}
            onMeasures={(measures) => set(changed(question, { measures }))}
            onDimensions={(dimensions) => set(changed(question, { dimensions, form: formWith(question, dimensions) }))}
          />
          <FormStrip
            question={question}
            book={book}
            today={view.today}
            onForm={(form, dimensions) =>
              set(changed(question, { form, dimensions, funnel: form === 'funnel' ? question.funnel : undefined }))
            }
          />
          {question.form === 'funnel' && <FunnelPick question={question} onPick={(funnel) => setAddress({ funnel })} />}
          {answer.isError ? (
            <Problem error={answer.error} onRetry={answer.refetch} />
          ) : (
            <div aria-busy={answer.isPlaceholderData}>
              <ReportBody
                name={report?.name ?? t('nav.explorer')}
                question={question}
                answer={answer.data}
                setting={{ book, currency: workspace.currency, timeZone: workspace.timeZone }}
                tools={<RowTools question={question} find={find} onChange={setAddress} />}
                onLead={(id) => setAddress({ measure: id })}
                onSort={(sort) => setAddress({ sort })}
                onValue={(property, value) => change({ filters: withValue(view.filters, property, value) })}
                onStep={(step) => {
                  const grain = stepIn(question) as Grain;
                  if (grain !== 'hour' && answer.data)
                    change({
                      period: stepDates(step.slice(0, 10), grain, answer.data.dates as [string, string]).join('..'),
                    });
                }}
              />
            </div>
          )}
        </>
      )}
    </AnalysisPage>
  );
}

/** A form stays while the dimensions still make it; else the answer is a table, or lines where there are steps of time. */
function formWith(question: ExplorerQuestion, dimensions: ExplorerQuestion['dimensions']): ExplorerQuestion['form'] {
  const steps = stepIn({ dimensions }) !== undefined;
  const { form } = question;
  if (form === 'line' || form === 'area') return steps ? form : 'table';
  if (form === 'heat') return dimensions.length === 2 ? form : 'table';
  if (form === 'pie') return dimensions.length === 1 && !steps ? form : 'table';
  if (form === 'map') return dimensions.length === 1 && dimensions[0] === 'country' ? form : 'table';
  if (form === 'bar') return dimensions.length > 0 && dimensions.length < 3 ? form : 'table';
  if (form === 'funnel') return dimensions.length === 0 ? form : 'table';
  return form;
}

function FunnelPick({ question, onPick }: { question: ExplorerQuestion; onPick: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const funnels = useQuery(api.funnels.list.queryOptions({ input: { workspace: workspace.id }, staleTime: 60_000 }));
  return (
    <Select
      label={t('explorer.funnel')}
      w={320}
      maw="100%"
      mb="md"
      allowDeselect={false}
      data={[
        { value: '', label: t('explorer.funnelOfMeasures') },
        ...(funnels.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      ]}
      value={question.funnel ?? ''}
      onChange={(id) => onPick(id || undefined)}
    />
  );
}

interface ToolsProps {
  question: ExplorerQuestion;
  find: string;
  onChange: (change: Search) => void;
}

/** The search in the rows, and how many stand by name. */
function RowTools({ question, find, onChange }: ToolsProps) {
  const { t } = useTranslation();
  if (partsIn(question).length === 0 || question.form === 'funnel') return null;
  return (
    <div style={{ display: 'flex', gap: 16, flexWrap: 'wrap', alignItems: 'center' }}>
      <TableSearch
        label={t('explorer.search')}
        value={find}
        onSearch={(text) => onChange({ find: text || undefined })}
      />
      <Select
        aria-label={t('explorer.top')}
        w={136}
        allowDeselect={false}
        data={TOPS.map((top) => ({ value: String(top), label: t('explorer.first', { number: top }) }))}
        value={String(question.top)}
        onChange={(top) => onChange({ top: top === '10' ? undefined : Number(top) })}
      />
    </div>
  );
}
