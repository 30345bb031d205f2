// Reports that come by mail: when, to whom, and whether the last one left; changed, tried and stopped in place.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../../../web/api.ts';
import { formatMoment } from '../../../../web/format.ts';
import { Problem, useProblemText } from '../../../../web/parts/problem.tsx';
import { offerUndo } from '../../../../web/parts/undo.ts';
import { useWorkspace } from '../../../../web/workspace.ts';
import type { Mailing } from '../../mailings/contract.ts';
import { useValueWords } from '../words.ts';
import { MailingForm } from './mailing-form.tsx';
import styles from './mailings.module.css';
import { reloadMailings } from './reload.ts';

export function MailingList({ mailings, titled = false }: { mailings: readonly Mailing[]; titled?: boolean }) {
  return (
    <ul className={styles.list}>
      {mailings.map((mailing) => (
        <li key={mailing.id}>
          <OneMailing mailing={mailing} titled={titled} />
        </li>
      ))}
    </ul>
  );
}

function OneMailing({ mailing, titled }: { mailing: Mailing; titled: boolean }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const problem = useProblemText();
  const [editing, setEditing] = useState(false);
  const at = { workspace: workspace.id, mailing: mailing.id };
  const { report, dashboard } = mailing.definition;
  const archive = useMutation({
    mutationFn: () => client.mailings.archive(at),
    onSuccess: async ({ name }) => {
      await offerUndo({
        text: t('mailings.stopped', { name }),
        action: t('undo.action'),
        failed: problem,
        undo: async () => {
          await client.mailings.undo(at);
          await reloadMailings();
        },
      });
      await reloadMailings();
    },
  });
  const tryOut = useMutation({ mutationFn: () => client.mailings.tryOut(at) });
  const path = report ? 'explorer' : 'dashboards';
  return (
    <>
      <div className={styles.row}>
        <div>
          <strong>{mailing.name}</strong>
          {titled && mailing.title !== null && (
            <>
              {' '}
              ·{' '}
              <Link to={`/w/${workspace.id}/${path}`} search={(report ? { report } : { dashboard }) as never}>
                {mailing.title}
              </Link>
            </>
          )}
          <About mailing={mailing} />
          {tryOut.data && <output>{t('mailings.tried', { to: tryOut.data.to })}</output>}
        </div>
        <div className={styles.buttons}>
          <Button variant="default" size="compact-sm" loading={tryOut.isPending} onClick={() => tryOut.mutate()}>
            {t('mailings.tryOut')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`${t('mailings.edit')}: ${mailing.name}`}
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
          >
            {t('mailings.edit')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`${t('mailings.stop')}: ${mailing.name}`}
            onClick={() => archive.mutate()}
          >
            {t('mailings.stop')}
          </Button>
        </div>
      </div>
      {[archive, tryOut].map(({ error }, index) => error && <Problem key={String(index)} error={error} />)}
      {editing && (
        <MailingForm
          key={mailing.version}
          of={report ? { report } : { dashboard }}
          title={mailing.name}
          mailing={mailing}
          onDone={() => setEditing(false)}
        />
      )}
    </>
  );
}

function About({ mailing }: { mailing: Mailing }) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const words = useValueWords();
  const { every, on, hour, to } = mailing.definition;
  const clock = `${hour}:00`;
  const when = (moment: string) => formatMoment(moment, i18n.language, workspace.timeZone);
  const round = {
    day: () => t('mailings.whenDay', { hour: clock }),
    week: () => t('mailings.whenWeek', { weekday: words('weekday', String(on)), hour: clock }),
    month: () => t('mailings.whenMonth', { day: on, hour: clock }),
  }[every]();
  const { last, nextAt } = mailing;
  const unsent = last !== null && last.problem !== null;
  return (
    <>
      <p>
        {[
          round,
          t('mailings.recipients', { count: to.length, who: to[0], more: to.length - 1 }),
          ...(nextAt ? [t('mailings.next', { when: when(nextAt) })] : []),
          ...(last && !unsent ? [t('mailings.lastSent', { when: when(last.at) })] : []),
        ].join(' · ')}
      </p>
      {unsent && <p data-bad>{t('mailings.lastUnsent', { when: when(last.at) })}</p>}
    </>
  );
}
