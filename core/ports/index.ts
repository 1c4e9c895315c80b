/** All ports by one name, with the neutral words that every platform translates to. No vendor's field or name belongs here. */
export type * from './code-host.ts';
export type * from './diagnosis.ts';
export * from './issue.ts';
export type * from './issue-tracker.ts';
export type * from './platform.ts';
export type * from './tracker-driver.ts';
