/** Versions of the project. */
import type { Handler } from '../loopback.ts';
import { isMap, refusal } from './answers.ts';
import type { JiraVersion, Site } from './site.ts';

export function versionRoutes(site: Site): Record<'list' | 'create' | 'edit' | 'remove', Handler> {
  const denied = refusal(403, ['You do not have permission to administer this project.']);
  const missing = refusal(404, ['The version does not exist.']);
  const find = (id: string | undefined) => site.versions.find((one) => one.id === id);
  const problem = (name: unknown, own?: JiraVersion) => {
    if (typeof name !== 'string' || name === '')
      return refusal(400, [], { name: 'You must specify a valid version name' });
    const taken = site.versions.some((one) => one !== own && one.name.toLowerCase() === name.toLowerCase());
    return taken ? refusal(400, [], { name: 'A version with this name already exists in this project.' }) : undefined;
  };

  return {
    list: ({ params, origin }) => {
      if (params['key'] !== site.options.projectKey) return refusal(404, ['No project could be found.']);
      return { json: site.versions.map((version) => wireVersion(version, origin)) };
    },
    create: ({ body, origin }) => {
      if (site.lacks('Administer')) return denied;
      const given = isMap(body) ? body : {};
      if (given['projectId'] !== 10_000) return refusal(404, ['The project does not exist.']);
      const refused = problem(given['name']);
      if (refused) return refused;
      const version: JiraVersion = { id: site.nextId(), name: '', released: false, archived: false };
      write(version, given);
      site.versions.push(version);
      return { status: 201, json: wireVersion(version, origin) };
    },
    edit: ({ params, body, origin }) => {
      const version = find(params['id']);
      if (!version) return missing;
      if (site.lacks('Administer')) return denied;
      const given = isMap(body) ? body : {};
      const refused = 'name' in given ? problem(given['name'], version) : undefined;
      if (refused) return refused;
      write(version, given);
      return { json: wireVersion(version, origin) };
    },
    remove: ({ params }) => {
      const version = find(params['id']);
      if (!version) return missing;
      if (site.lacks('Administer')) return denied;
      site.versions.splice(site.versions.indexOf(version), 1);
      for (const issue of site.issues) issue.versions = issue.versions.filter((id) => id !== version.id);
      return { status: 204 };
    },
  };
}

function write(version: JiraVersion, given: Record<string, unknown>): void {
  const { name, description, releaseDate, released, archived } = given;
  if (typeof name === 'string') version.name = name;
  if (typeof description === 'string') version.description = description;
  if (typeof releaseDate === 'string') version.releaseDate = releaseDate;
  if (typeof released === 'boolean') version.released = released;
  if (typeof archived === 'boolean') version.archived = archived;
}

export function wireVersion(version: JiraVersion, origin: string): Record<string, unknown> {
  return { self: `${origin}/rest/api/3/version/${version.id}`, ...version, projectId: 10_000 };
}
