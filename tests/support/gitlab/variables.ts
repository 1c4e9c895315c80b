import type { Asked, Routes } from '../loopback.ts';
import { bodyOf, guarded, page, refused, type State, type VariableRow } from './state.ts';

/** https://docs.gitlab.com/api/project_level_variables/ */
export function variableRoutes(state: State): Routes {
  const find = (asked: Asked, scope: string | undefined) => {
    const rows = state.variables.filter((row) => row.key === asked.params['key']);
    return scope === undefined ? rows : rows.filter((row) => row.environmentScope === scope);
  };
  const missing = refused(404, '404 Variable Not Found');
  const ambiguous = refused(
    409,
    "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'",
  );
  const maintainer = { role: 'Maintainer', write: true } as const;
  return guarded(state, {
    'GET /projects/:id/variables': [{ role: 'Maintainer' }, (asked) => page(asked, state.variables, variableOf)],
    'GET /projects/:id/variables/:key': [
      { role: 'Maintainer' },
      (asked) => {
        const [row, second] = find(asked, asked.query.get('filter[environment_scope]') ?? undefined);
        if (second) return ambiguous;
        return row ? { json: variableOf(row) } : missing;
      },
    ],
    'PUT /projects/:id/variables/:key': [
      maintainer,
      (asked) => {
        const body = bodyOf(asked);
        const filter = body['filter'] as { environment_scope?: string } | undefined;
        const [row, second] = find(asked, filter?.environment_scope);
        if (second) return ambiguous;
        if (!row) return missing;
        const value = String(body['value']);
        if (row.masked && value.length < 8) return refused(400, { value: ['is invalid'] });
        row.value = value;
        return { json: variableOf(row) };
      },
    ],
    'POST /projects/:id/variables': [
      maintainer,
      (asked) => {
        const body = bodyOf(asked);
        const row: VariableRow = {
          key: String(body['key']),
          value: String(body['value']),
          protected: body['protected'] === true,
          masked: body['masked'] === true,
          raw: body['raw'] === true,
          environmentScope: String(body['environment_scope'] ?? '*'),
        };
        const twin = state.variables.find(
          (each) => each.key === row.key && each.environmentScope === row.environmentScope,
        );
        if (twin) return refused(400, { key: [`(${row.key}) has already been taken`] });
        state.variables.push(row);
        return { status: 201, json: variableOf(row) };
      },
    ],
  });
}

function variableOf(row: VariableRow) {
  return {
    variable_type: 'env_var',
    key: row.key,
    value: row.value,
    hidden: false,
    protected: row.protected,
    masked: row.masked,
    raw: row.raw,
    environment_scope: row.environmentScope,
    description: null,
  };
}
