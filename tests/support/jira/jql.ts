/** The part of JQL that PACE sends, understood strictly: anything else is refused as Jira refuses a broken query. */

export interface Indexed {
  readonly project: string;
  readonly labels: readonly string[];
  readonly category: string;
  readonly created: number;
}

type Condition = (issue: Indexed) => boolean;

/** A test for issues, or the sentence with which Jira refuses the query. `offset`: minutes of the account's time zone east of UTC. */
export function readJql(jql: string, project: string, offset: number): Condition | string {
  const [, where = '', order] = /^(.*?)(?:\s+ORDER BY (.*))?$/s.exec(jql) ?? [];
  if (order !== 'created DESC') return `Error in the JQL Query: cannot order by ${order ?? 'nothing'}.`;
  if (where.trim() === '')
    return 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.';
  const conditions: Condition[] = [];
  let rest = where;
  while (rest !== '') {
    const term = /^(\w+) (=|!=|>=) (?:"((?:[^"\\]|\\.)*)"|(\w+))(?: AND |$)/s.exec(rest);
    if (!term) return `Error in the JQL Query: expecting a clause at '${rest}'.`;
    const [matched, field = '', operator = '', quoted, bare = ''] = term;
    const value = quoted === undefined ? bare : quoted.replace(/\\(.)/gs, '$1');
    const condition = conditionOf(field, operator, value, project, offset);
    if (typeof condition === 'string') return condition;
    conditions.push(condition);
    rest = rest.slice(matched.length);
  }
  return (issue) => conditions.every((condition) => condition(issue));
}

function conditionOf(
  field: string,
  operator: string,
  value: string,
  project: string,
  offset: number,
): Condition | string {
  if (field === 'project' && operator === '=') {
    if (value !== project) return `The value '${value}' does not exist for the field 'project'.`;
    return (issue) => issue.project === value;
  }
  if (field === 'labels' && operator === '=') {
    // looser than people expect
    return (issue) => issue.labels.some((label) => label.toLowerCase() === value.toLowerCase());
  }
  if (field === 'statusCategory' && operator !== '>=') {
    const category = { Done: 'done', 'In Progress': 'indeterminate', 'To Do': 'new' }[value];
    if (!category) return `The value '${value}' does not exist for the field 'statusCategory'.`;
    return (issue) => (issue.category === category) === (operator === '=');
  }
  if (field === 'created' && operator === '>=') {
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value)) return `Date value '${value}' for field 'created' is invalid.`;
    const from = Date.parse(`${value.replace(' ', 'T')}:00Z`) - offset * 60_000;
    return (issue) => issue.created >= from;
  }
  return `Field '${field}' does not exist or you do not have permission to view it.`;
}
