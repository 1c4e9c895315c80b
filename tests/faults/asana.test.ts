import { startAsana } from '../support/asana.ts';
import { faultSuite, type Stage } from './scenario.ts';
import { trackerSteps } from './steps.ts';

async function startStage(): Promise<Stage> {
  let last = 0;
  // no two tasks have the same age
  const now = () => {
    last = Math.max(Date.now(), last + 1);
    return last;
  };
  const server = await startAsana({ now, firstTask: 1 });
  const { state } = server;
  return {
    origin: server.origin,
    sha: '',
    env: server.env,
    trouble: server.trouble,
    seen: async () => ({
      tasks: state.tasks.map(({ gid, name, completed, section, tags, stories }) => ({
        ...{ gid, name, completed },
        section: state.sections.find((one) => one.gid === section)?.name,
        tags: state.tags.flatMap(({ gid: tag, name: label }) => (tags.includes(tag) ? [label] : [])).sort(),
        comments: stories.filter(({ type }) => type === 'comment').map(({ html }) => html),
      })),
      tags: state.tags.map(({ name }) => name).sort(),
    }),
    close: server.close,
  };
}

faultSuite({
  platform: 'asana',
  startStage,
  steps: trackerSteps,
  permission: /OAuth token needs the scope `[\w.]+:(read|write)`/,
});
