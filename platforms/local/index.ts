import type { Platform } from '../ports.ts';

export default { name: 'local', title: 'local', needs: [] } satisfies Platform;
