/** Sync itself, as the commands load it. */
import { PaceError } from '../../core/errors.ts';
import type { SyncEngine } from './engine.ts';

function missing(): never {
  throw new PaceError({ kind: 'unsupported', message: 'Sync is not built yet.', remedy: '' });
}

export const engine: SyncEngine = {
  sync: async () => missing(),
  link: async () => missing(),
  unlink: async () => missing(),
  known: async () => missing(),
  conflicts: async () => missing(),
  resolve: async () => missing(),
};
