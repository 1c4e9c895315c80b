/** Who a project is to a hosted tracker: what Spec Kitty has written about it, else what can be told of it again and again. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { gitRemote } from '../drivers/git-remote.ts';
import type { World } from '../world.ts';
import type { ProjectBlock } from './binding.ts';

/** In the words of the wire. */
export async function projectIdentity(
  world: Pick<World, 'cwd' | 'env' | 'self'>,
  project: ProjectBlock,
): Promise<Readonly<Record<string, string | null>>> {
  const remote = await gitRemote(world);
  const repository = remote?.path.replace(/^\/|\.git$|\/$/g, '') || undefined;
  const slug = project.slug ?? basename(repository ?? world.cwd);
  const seed = remote ? `${remote.host}/${repository}` : `${world.self.host}:${world.cwd}`;
  return {
    uuid: project.uuid ?? uuidOf(`project ${seed}`),
    slug,
    node_id: project.nodeId ?? digestOf(`node ${world.self.host}`).slice(0, 12),
    repo_slug: project.repoSlug ?? repository ?? null,
    build_id: project.buildId ?? uuidOf(`build ${seed}`),
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** In the form of one, with the version for what is made of a name. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8 */
function uuidOf(text: string): string {
  const hex = digestOf(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
