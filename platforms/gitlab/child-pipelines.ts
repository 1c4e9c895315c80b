/**
 * The jobs of child pipelines: GitLab lists them at no commit, and the trigger job answers for them only where it says `strategy: depend`.
 * https://docs.gitlab.com/ci/pipelines/downstream_pipelines/
 */
import { readable } from './api.ts';
import {
  isJob,
  isTrigger,
  jobToStatus,
  type Placed,
  type WireBridge,
  type WirePipeline,
  type WireStatus,
} from './host-wire.ts';
import type { Context } from './job.ts';

// the client's types do not know that these lists have pages
const ALL_PAGES: { showExpanded?: false; perPage: number } = { perPage: 100 };

/** GitLab has two levels of children. */
const DEEPEST = 3;

export interface Family {
  /** Of the pipelines that the commit's list shows, and of their children. */
  readonly statuses: readonly Placed[];
  readonly children: readonly WirePipeline[];
  /** Our own pipeline and those above it: what they have not begun may stand behind ourselves. */
  readonly own: ReadonlySet<number>;
}

/** One request for each pipeline that has trigger jobs, two for each child. */
export async function familyOf(
  context: Context,
  statuses: readonly WireStatus[],
  signal?: AbortSignal,
): Promise<Family> {
  const { api, project, job, world } = context;
  const { jobs } = api.resources(signal);
  const found: Placed[] = [];
  const children: WirePipeline[] = [];
  const own = new Set(job ? [job.pipelineId] : []);
  const leading = new Set<number>();

  async function bridgesOf(pipeline: number): Promise<readonly WireBridge[]> {
    const bridges = await readable(() => jobs.allPipelineBridges(project, pipeline, ALL_PAGES));
    if (!bridges)
      world.log.debug(`The trigger jobs of pipeline ${pipeline} may not be read: they answer for their children.`);
    return bridges ?? [];
  }

  /** Whether our own pipeline is below. */
  async function below(pipeline: number, place: Place): Promise<boolean> {
    let isAbove = false;
    for (const bridge of await bridgesOf(pipeline)) {
      const child = childOf(bridge);
      if (place.depth > 0) found.push(placed(place, jobToStatus(bridge)));
      if (!child || children.some(({ id }) => id === child.id)) continue;
      children.push(child);
      const inside = placeBelow(place, bridge);
      const has = await readable(() => jobs.all(project, { pipelineId: child.id, perPage: 100 }));
      for (const each of has ?? []) found.push(placed(inside, jobToStatus(each)));
      const leads = child.id === job?.pipelineId || (inside.depth < DEEPEST && (await below(child.id, inside)));
      if (!leads) continue;
      leading.add(bridge.id);
      own.add(pipeline);
      isAbove = true;
    }
    return isAbove;
  }

  const withTriggers = statuses.filter(isTrigger).map(({ pipeline_id: id }) => id);
  for (const pipeline of new Set(withTriggers)) if (pipeline) await below(pipeline, { depth: 0 });
  const all = [...statuses, ...found].map((status) =>
    leading.has(status.id) ? { ...status, leadsToUs: true } : status,
  );
  return { statuses: all, children, own };
}

interface Place {
  readonly depth: number;
  readonly path?: string;
  /** A trigger job above may fail, and all below it with it. */
  readonly isOptional?: boolean;
}

function placeBelow({ depth, path, isOptional }: Place, bridge: WireBridge): Place {
  return {
    depth: depth + 1,
    path: path === undefined ? bridge.name : `${path} / ${bridge.name}`,
    isOptional: isOptional === true || bridge.allow_failure === true,
  };
}

function placed({ path, isOptional }: Place, status: WireStatus): Placed {
  return { ...status, ...(path === undefined ? {} : { path }), ...(isOptional ? { allow_failure: true } : {}) };
}

/** Of the same project: what another one makes of it is its own matter. */
function childOf({ pipeline, downstream_pipeline: child }: WireBridge): WirePipeline | undefined {
  const isOurs = child?.project_id !== undefined && child.project_id === pipeline?.project_id;
  return isOurs && child ? { ...child, source: 'parent_pipeline' } : undefined;
}

/**
 * Tells the other runs of our own job, in other pipelines of the commit, and the other cells of its matrix: a gate is no evidence for a
 * gate, and may stand behind this very job (`resource_group`). A job of that name in another child is another job.
 */
export function gatesLike(statuses: readonly Placed[], ownId: string | undefined): (status: Placed) => boolean {
  const own = statuses.find(({ id }) => String(id) === ownId);
  if (!own) return () => false;
  const [, family] = CELL.exec(own.name) ?? [];
  const nameOf = ({ name }: Placed) => (family === undefined ? name : CELL.exec(name)?.[1]);
  return (each) => isJob(each) && each.path === own.path && nameOf(each) === nameOf(own);
}

/** `gate: [a, b]` of `parallel: matrix`, `gate 1/3` of `parallel: 3`. https://docs.gitlab.com/ci/yaml/#parallel */
const CELL = /^(.*?)(?:: \[.*\]| \d+\/\d+)$/;
