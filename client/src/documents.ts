import type { DocumentSelector } from 'vscode';

/** Files that are ours by name, also where the user or another extension has made plain YAML of them. */
const namePatterns = [
  '**/*.{runbook,fleet,commands}.{yaml,yml}',
  '**/runbook.{yaml,yml}',
  '**/.runbook-lint.yaml',
] as const;

/**
 * The documents that the server hears of.
 * No scheme is named: an unsaved, a remote and a virtual file are checked like one on disk.
 */
export const documentSelector = [
  { language: 'runbook' },
  { language: 'fleet' },
  ...namePatterns.map((pattern) => ({ language: 'yaml', pattern })),
] satisfies DocumentSelector;
