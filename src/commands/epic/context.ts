/** What a run of `pace epic` works with. */
import type { Place } from '../../../core/epics/epic-files.ts';
import { PaceError } from '../../../core/errors.ts';
import type { World } from '../../../core/world.ts';
import type { Outline } from '../../epic/outline.ts';
import type { SyncEngine, SyncReport } from '../../sync/engine.ts';
import type { Flow } from '../../sync/reconcile.ts';
import type { Sides } from '../../sync/values.ts';
import type { OpenedBackend } from '../../tracker/backends/open.ts';
import type { EpicOptions } from './options.ts';
import type { CheckedFiles } from './validate.ts';

/** What a face brings along. */
export interface EpicContext {
  readonly engine: SyncEngine;
  /** Shows a person what is about to be written, and asks; absent where nobody can be asked. */
  readonly confirm?: ((planned: SyncReport) => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A person has looked at what would be written, and said no. */
export class Declined extends PaceError {
  constructor() {
    super({ kind: 'conflict', message: 'You said no: nothing was written.', remedy: '' });
  }
}

export interface EpicRun {
  readonly world: World;
  readonly options: EpicOptions;
  readonly context: EpicContext;
  readonly flow: Flow;
  readonly place: Place;
  readonly checked: CheckedFiles;
  readonly outline: Outline;
  readonly stories: readonly string[];
  /** Issues that a person has named as epics, by their keys there. */
  readonly epics: readonly string[];
  /** The file, and the tracker. */
  readonly opened: Sides<OpenedBackend>;
}
