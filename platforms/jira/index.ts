import type { Platform } from '../ports.ts';

export default { name: 'jira', title: 'jira', needs: [] } satisfies Platform;
