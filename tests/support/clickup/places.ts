/** Users, Workspaces, Spaces with their tags, and the List. */
import type { Routes } from '../loopback.ts';
import { mayOnly, NOT_ALLOWED, refused, type State, UNSEEN, USERS } from './state.ts';

interface TagBody {
  readonly tag?: { readonly name?: string } & Readonly<Record<string, string | undefined>>;
}

export function placeRoutes(state: State): Routes {
  const { options, list, space, workspace } = state;
  const team = (id: string, members: typeof USERS) => ({
    ...{ id, name: `Workspace ${id}`, color: '#536cfe', avatar: '' },
    members: members.map((user) => ({ user: { ...user, color: '', profilePicture: '', initials: '' } })),
  });
  const others = Array.from({ length: options.otherWorkspaces ?? 0 }, (_, index) => String(index + 1));
  const statuses = () =>
    state.statuses.map((status, orderindex) => ({ id: `p_${orderindex}`, ...status, orderindex, color: '#87909e' }));
  const tagOf = (name: string) => state.tags.find((tag) => tag.name === name.toLowerCase());
  const shown = () => state.tags.map(({ name, fg, bg }) => ({ name, tag_fg: fg, tag_bg: bg }));

  return {
    'GET /v2/user': () => ({ json: { user: { ...USERS[0], color: '', initials: 'PB', week_start_day: 1 } } }),
    'GET /v2/team': () => ({ json: { teams: [...others.map((id) => team(id, [])), team(workspace, USERS)] } }),
    'GET /v2/team/:team/space': ({ params }) =>
      params['team'] === workspace ? { json: { spaces: [{ id: space, name: 'Shop' }] } } : { json: { spaces: [] } },
    'GET /v2/team/:team/custom_item': ({ params }) =>
      params['team'] === workspace
        ? { json: { custom_items: state.types.map((type) => ({ ...type, name_plural: `${type.name}s` })) } }
        : UNSEEN,
    'GET /v2/list/:list': ({ params }) => {
      if (params['list'] !== list) return UNSEEN;
      const place = { id: list, name: 'Releases', orderindex: 1, archived: false, override_statuses: true };
      const inSpace = { space: { id: space, name: 'Shop', access: true } };
      return {
        json: { ...place, ...inSpace, statuses: statuses(), permission_level: options.level ?? 'create' },
      };
    },
    'GET /v2/space/:space': ({ params }) => {
      if (params['space'] !== space) return UNSEEN;
      const on = { enabled: true };
      const features = { due_dates: on, tags: on, points: on, priorities: on, ...options.features };
      const several = options.severalAssignees ?? true;
      return {
        json: { id: space, name: 'Shop', private: false, statuses: [], multiple_assignees: several, features },
      };
    },
    'GET /v2/space/:space/tag': ({ params }) => (params['space'] === space ? { json: { tags: shown() } } : UNSEEN),
    'POST /v2/space/:space/tag': ({ body }) => {
      if (mayOnly(state, 'create')) return NOT_ALLOWED;
      const { name = '', tag_fg: fg = '', tag_bg: bg = '' } = (body as TagBody).tag ?? {};
      if (tagOf(name)) return refused(400, 'Tag already exists', 'TAG_004');
      state.tags.push({ name: name.toLowerCase(), fg, bg });
      return { json: {} };
    },
    'PUT /v2/space/:space/tag/:tag': ({ params, body }) => {
      const tag = tagOf(params['tag'] ?? '');
      if (!tag) return refused(404, 'Tag not found', 'TAG_003');
      const { name = tag.name, fg_color: fg = tag.fg, bg_color: bg = tag.bg } = (body as TagBody).tag ?? {};
      const before = tag.name;
      Object.assign(tag, { name: name.toLowerCase(), fg, bg });
      for (const task of state.tasks) task.tags = task.tags.map((each) => (each === before ? tag.name : each));
      return { json: { tag: { name: tag.name, fg_color: fg, bg_color: bg } } };
    },
    'DELETE /v2/space/:space/tag/:tag': ({ params }) => {
      const tag = tagOf(params['tag'] ?? '');
      if (!tag) return refused(404, 'Tag not found', 'TAG_003');
      state.tags = state.tags.filter((each) => each !== tag);
      for (const task of state.tasks) task.tags = task.tags.filter((each) => each !== tag.name);
      return { json: {} };
    },
  };
}
