/** Text in, findings out: the one way in which editor, command line and tests check a file. */
export {
  checkCommandsFile,
  checkConfigFile,
  checkFleetFile,
  type FleetDocument,
  type FleetInputs,
  readFleetFile,
} from './check-files.ts';
export { checkRunbook } from './check-runbook.ts';
export { type SafeFix, safeFixes } from './fix-all.ts';
export { fixesOf, type OnFailure, whatIfOf } from './fixes.ts';
export { type RunbookDocument, readRunbook } from './runbook-document.ts';
export type { RunbookInputs } from './runbook-work.ts';
export type { Severities } from './severity.ts';
export { withEdits } from './with-edits.ts';
