import type { Platform } from '../ports.ts';

export default {
  name: 'github',
  title: 'github',
  needs: [],
} satisfies Platform;
