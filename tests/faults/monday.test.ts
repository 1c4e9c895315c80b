import { startMonday } from '../support/monday.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  let last = 0;
  // the clock of a server never goes back, whatever that of this machine does
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const server = await startMonday({ now });
  const { account } = server;
  // the steps know the first issue by its number
  account.lastId = 0;
  const columns = (type: string) => account.columns.filter((column) => column.type === type);
  return {
    origin: server.origin,
    sha: '',
    env: { ...server.env },
    trouble: server.trouble,
    seen: async () =>
      account.items.map(({ name, values, posts }) => ({
        title: name,
        labels: columns('dropdown').map(({ id, labels }) =>
          ((values.get(id) ?? []) as number[]).map((label) => labels[label]?.label),
        ),
        state: columns('status').map(({ id, labels }) => labels[Number(values.get(id))]?.label),
        comments: posts.map(({ body }) => body),
      })),
    close: server.close,
  };
}

faultSuite({ platform: 'monday', startStage, steps: trackerSteps, permission: /the scope `(boards|updates):/ });
