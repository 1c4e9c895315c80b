/** The part of JQL that PACE sends, understood strictly: anything else is refused as Jira refuses a broken query. */

export interface Indexed {
  readonly key?: string;
  readonly project: string;
  readonly labels: readonly string[];
  readonly category: string;
  readonly created: number;
  readonly updated?: number;
  readonly status?: string;
  readonly type?: string;
  readonly priority?: string;
  readonly assignee?: string | undefined;
  readonly creator?: string;
  readonly versions?: readonly string[];
  /** Of a subtask; in Cloud of any issue. */
  readonly parent?: string | undefined;
  /** Of a story in Data Center. */
  readonly epic?: string | undefined;
}

export interface Surroundings {
  readonly project: string;
  /** Minutes of the account's time zone east of UTC. */
  readonly offset?: number;
  /** False for a value that the site does not have; Jira refuses the query then. */
  knows?(field: string, value: string): boolean;
  /** The most urgent first. */
  readonly priorities?: readonly string[];
}

export interface Query {
  fits(issue: Indexed): boolean;
  compare(one: Indexed, other: Indexed): number;
}

type Condition = (issue: Indexed) => boolean;

const CATEGORIES: Readonly<Record<string, string>> = { Done: 'done', 'In Progress': 'indeterminate', 'To Do': 'new' };

/** The query, or the sentence with which Jira refuses it. */
export function readJql(jql: string, around: Surroundings): Query | string {
  const [, where = '', order = ''] = /^(.*?)(?:\s+ORDER BY ((?:\w+ (?:ASC|DESC)(?:, )?)+))?$/s.exec(jql) ?? [];
  if (where.trim() === '')
    return 'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.';
  const source = { rest: where };
  const condition = anded(source, around);
  if (typeof condition === 'string') return condition;
  if (source.rest !== '') return `Error in the JQL Query: expecting a clause at '${source.rest}'.`;
  return { fits: condition, compare: comparison(order, around) };
}

function comparison(order: string, { priorities = [] }: Surroundings): Query['compare'] {
  const keys = order.split(', ').filter(Boolean);
  const value = (issue: Indexed, field: string) => {
    if (field === 'priority') return -priorities.indexOf(issue.priority ?? '');
    return (field === 'updated' ? issue.updated : issue.created) ?? 0;
  };
  return (one, other) => {
    for (const key of keys) {
      const [field = '', direction] = key.split(' ');
      const difference = value(one, field) - value(other, field);
      if (difference !== 0) return direction === 'ASC' ? difference : -difference;
    }
    return 0;
  };
}

interface Source {
  rest: string;
}

function anded(source: Source, around: Surroundings): Condition | string {
  const conditions: Condition[] = [];
  do {
    const condition = source.rest.startsWith('(') ? ored(source, around) : clause(source, around);
    if (typeof condition === 'string') return condition;
    conditions.push(condition);
  } while (took(source, ' AND '));
  return (issue) => conditions.every((fits) => fits(issue));
}

function ored(source: Source, around: Surroundings): Condition | string {
  took(source, '(');
  const conditions: Condition[] = [];
  do {
    const condition = clause(source, around);
    if (typeof condition === 'string') return condition;
    conditions.push(condition);
  } while (took(source, ' OR '));
  if (!took(source, ')')) return `Error in the JQL Query: expecting ')' at '${source.rest}'.`;
  return (issue) => conditions.some((fits) => fits(issue));
}

function took(source: Source, text: string): boolean {
  if (!source.rest.startsWith(text)) return false;
  source.rest = source.rest.slice(text.length);
  return true;
}

const VALUE = /(?:"(?:[^"\\]|\\.)*"|\w+)/s.source;
const CLAUSE = new RegExp(
  `^(\\w+|cf\\[\\d+\\]) (?:(=|!=|>=|<=) (${VALUE})|(in) \\((${VALUE}(?:, ${VALUE})*)\\)|(is) EMPTY)`,
  's',
);

function clause(source: Source, around: Surroundings): Condition | string {
  const found = CLAUSE.exec(source.rest);
  if (!found) return `Error in the JQL Query: expecting a clause at '${source.rest}'.`;
  const [matched, field = '', sign, single, isIn, several = '', isEmpty] = found;
  source.rest = source.rest.slice(matched.length);
  const operator = sign ?? isIn ?? isEmpty ?? '';
  const texts = [...(single ?? several).matchAll(new RegExp(VALUE, 'gs'))].map(([text]) => unquoted(text));
  return conditionOf(field, operator, texts, around);
}

function unquoted(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/gs, '$1') : text;
}

function conditionOf(field: string, operator: string, values: string[], around: Surroundings): Condition | string {
  const { project, offset = 0, knows } = around;
  const [value = ''] = values;
  const unknown = (text: string) => `The value '${text}' does not exist for the field '${field}'.`;
  if (field === 'project' && operator === '=')
    return value === project ? (issue) => issue.project === value : unknown(value);
  if (field === 'created' || field === 'updated') return timeCondition(field, operator, value, offset);
  if (field === 'statusCategory') {
    const bad = values.find((name) => !(name in CATEGORIES));
    if (bad !== undefined) return unknown(bad);
    const wanted = values.map((name) => CATEGORIES[name]);
    return (issue) => wanted.includes(issue.category) === (operator !== '!=');
  }
  const read = FIELDS[field];
  if (!read || !['=', 'in', 'is'].includes(operator))
    return `Field '${field}' does not exist or you do not have permission to view it.`;
  if (operator === 'is') return (issue) => read(issue).length === 0;
  const bad = values.find((text) => knows && !knows(field, text));
  if (bad !== undefined) return unknown(bad);
  // looser than people expect
  const wanted = values.map((text) => text.toLowerCase());
  return (issue) => read(issue).some((text) => wanted.includes(text.toLowerCase()));
}

const some = (value: string | undefined) => (value === undefined ? [] : [value]);

const FIELDS: Readonly<Record<string, (issue: Indexed) => readonly string[]>> = {
  key: ({ key }) => some(key),
  labels: ({ labels }) => labels,
  status: ({ status }) => some(status),
  issuetype: ({ type }) => some(type),
  priority: ({ priority }) => some(priority),
  assignee: ({ assignee }) => some(assignee),
  creator: ({ creator }) => some(creator),
  fixVersion: ({ versions = [] }) => versions,
  parent: ({ parent }) => some(parent),
  'cf[10014]': ({ epic }) => some(epic),
};

function timeCondition(
  field: 'created' | 'updated',
  operator: string,
  value: string,
  offset: number,
): Condition | string {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(value)) return `Date value '${value}' for field '${field}' is invalid.`;
  const time = Date.parse(`${value.replace(' ', 'T')}:00Z`) - offset * 60_000;
  if (operator === '>=') return (issue) => (issue[field] ?? 0) >= time;
  if (operator === '<=') return (issue) => (issue[field] ?? 0) <= time;
  return `The operator '${operator}' is not supported by the '${field}' field.`;
}
