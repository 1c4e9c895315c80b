import type { Platform } from '../ports.ts';

export default {
  name: 'gitlab',
  title: 'gitlab',
  needs: [],
} satisfies Platform;
