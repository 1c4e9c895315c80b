/** Which files belong to an epic. */
export { filesOf, isMarkdown, opensPath, placeAt } from '../../core/epics/epic-files.ts';
