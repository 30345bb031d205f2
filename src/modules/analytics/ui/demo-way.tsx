// Makes the demo company, shows how far it is, and goes there; the page can be left meanwhile.
import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, client, queryClient } from '../../../web/api.ts';
import { formatValue } from '../../../web/format.ts';
import { Problem } from '../../../web/parts/problem.tsx';
import styles from './start.module.css';

export function DemoWay() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const [wanted, setWanted] = useState(false);
  const status = useQuery(
    api.demo.status.queryOptions({
      refetchInterval: (query) => (query.state.data?.workspace && !query.state.data.ready ? 1000 : false),
    }),
  );
  const begin = useMutation({
    mutationFn: () => client.demo.start({}),
    onSuccess: (begun) => {
      setWanted(true);
      queryClient.setQueryData(api.demo.status.queryKey(), begun);
    },
  });
  const { workspace, ready, done } = status.data ?? { workspace: null, ready: false, done: 0 };
  useEffect(() => {
    if (!wanted || !ready || workspace === null) return;
    void queryClient.invalidateQueries().then(() => navigate({ to: `/w/${workspace}/overview` }));
  }, [wanted, ready, workspace, navigate]);

  if (begin.isError) return <Problem error={begin.error} onRetry={() => begin.mutate()} />;
  if (workspace !== null && !ready) {
    return (
      <div className={styles.progress}>
        <Progress value={done * 100} aria-label={t('start.demoMaking')} />
        <p role="status" className={styles.state}>
          {t('start.demoProgress', { share: formatValue(done, 'share', i18n.language) })}
        </p>
      </div>
    );
  }
  return (
    <Button loading={begin.isPending || wanted} onClick={() => begin.mutate()}>
      {ready ? t('start.demoOpen') : t('start.demoButton')}
    </Button>
  );
}
