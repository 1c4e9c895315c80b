/** The files of a platform's folder. One thing has one name in every folder: who has read one of them can guess the others. */

/** Name → what the file holds, on every platform that has one. */
export const SHARED: Readonly<Record<string, string>> = {
  // what the platform is
  'index.ts': 'name, settings, and how the ports are opened; loads no library',
  'doctor.ts': 'what `pace doctor` looks at',
  'token.ts': 'what kind of token it is, as far as it tells',

  // how it is spoken to
  'api.ts': 'the calls: the vendor’s client or our own fetch, with the errors that name the operation',
  'schema.ts': 'the vendor’s own types of its answers, from a library',
  'refusals.ts': 'which permission each operation needs, and what a refusal means',
  'pages.ts': 'a long list, page by page',
  'abilities.ts': 'what this server, edition or project offers, found by looking',

  // the code host
  'host.ts': 'the port CodeHost',
  'host-wire.ts': 'the vendor’s shapes of checks and pull requests, and pure translation to neutral words',
  'job.ts': 'the CI job that PACE runs in, and the commit that it judges',
  'checks.ts': 'the checks of a commit',
  'workflow-runs.ts': 'what the runs of workflows add to the checks of a commit',
  'files.ts': 'files of the repository, at a branch or a commit',
  'approvals.ts': 'who has approved a pull request, and who wrote its commits',
  'commit-files.ts': 'a commit on a branch that may be there already',
  'pull-requests.ts': 'pull requests, whatever the vendor calls them: found by their branch, opened once',
  'change-note.ts': 'the gate’s note at a pull request',

  // the issue tracker
  'issues.ts': 'the port TrackerDriver',
  'issue-context.ts': 'what every call of the tracker works with',
  'issue-wire.ts': 'the vendor’s shapes of issues and what belongs to them, and pure translation to neutral words',
  'wire.ts': 'the same where the platform is only one of host and tracker',
  'writes.ts': 'issues created, changed and moved',
  'new-issues.ts': 'where in the files a new issue goes, and what is written of it',
  'batch.ts': 'many issues in few requests',
  'list.ts': 'lists of issues',
  'filter.ts': 'the neutral filter in the vendor’s words',
  'address.ts': 'keys and web addresses of issues, as people write them',
  'lookup.ts': 'what a call has to know beforehand, asked for once',
  'states.ts': 'the vendor’s statuses, and the six neutral states',
  'fields.ts': 'a draft or a patch in the vendor’s fields',
  'field-labels.ts': 'fields that are kept in labels here',
  'custom-fields.ts': 'fields that a project has defined for itself, found by what they are',
  'metadata.ts': 'where an issue’s metadata stand',
  'rich-text.ts': 'texts between Markdown and the vendor’s own form',
  'people.ts': 'who people are, who can be given an issue, and who may be taken for a writer',
  'comments.ts': 'comments of an issue',
  'attachments.ts': 'files at an issue',
  'links.ts': 'links between issues',
  'claims.ts': 'who has an issue, until when',
  'shapes.ts': 'what the vendor sends, looked at once',
  'due-date.ts': 'days, where the vendor keeps moments',
  'history.ts': 'what has changed of an issue',
  'parents.ts': 'what an issue can stand under',
  'labels.ts': 'labels, and their catalogue',
  'milestones.ts': 'milestones',
};

/** Files about a thing that this vendor alone has, or that is too long to stand where it would be looked for. */
export const OWN: Readonly<Record<string, readonly string[]>> = {
  asana: ['html-dialect.ts', 'markdown-to-html.ts'],
  beads: ['edges.ts', 'gathered.ts', 'ready.ts', 'show.ts'],
  bitbucket: ['pipelines.ts', 'variables.ts'],
  clickup: ['embeds.ts', 'run.ts'],
  gitea: ['issue-labels.ts'],
  github: [
    ...['attempts.ts', 'check-runs.ts', 'deployments.ts', 'event.ts', 'gate-jobs.ts', 'queued-gates.ts'],
    ...['issue-parts.ts', 'whole-list.ts', 'workflow-file.ts'],
  ],
  gitlab: ['child-pipelines.ts', 'quick-actions.ts'],
  jira: [
    ...['dialect.ts', 'cloud.ts', 'data-center.ts', 'kinds.ts'],
    ...['adf.ts', 'adf-node.ts', 'adf-to-markdown.ts', 'adf-to-markdown-inline.ts'],
    ...['markdown-to-adf.ts', 'markdown-to-adf-inline.ts'],
    ...[
      'adf-merge.ts',
      'adf-merge-inline.ts',
      'adf-merge-table.ts',
      'adf-merge-check.ts',
      'merged-list.ts',
      'alignment.ts',
    ],
    ...['changed-text.ts'],
    ...['wiki.ts', 'wiki-to-adf.ts', 'wiki-to-adf-inline.ts', 'adf-to-wiki.ts', 'adf-to-wiki-inline.ts'],
    ...['jql.ts', 'link-words.ts', 'priorities.ts', 'screens.ts', 'transitions.ts'],
  ],
  linear: ['document.ts', 'selection.ts', 'questions.ts', 'whole-issue.ts', 'estimates.ts'],
  local: [
    ...[
      'store.ts',
      'store-error.ts',
      'database-place.ts',
      'connection.ts',
      'deletion.ts',
      'tables.ts',
      'tables-2.ts',
      'tables-3.ts',
      'tables-4.ts',
      'standing.ts',
      'text-index.ts',
    ],
    ...['calls.ts', 'count.ts', 'input.ts', 'events.ts', 'intake.ts', 'log.ts', 'mirror.ts'],
  ],
  markdown: ['body.ts', 'same-others.ts'],
  monday: ['board.ts', 'columns.ts'],
  spec_kitty: ['coordination.ts', 'references.ts'],
};
