import type { Severities } from '../lint/lint.ts';

/** What the settings of an editor say of a file; the file itself and a `.runbook-lint.yaml` win over it. URIs are canonical. */
export interface EditorWishes {
  readonly rules: Severities;
  /** The fleet of a runbook that names none. */
  readonly fleet: string | undefined;
  /** The configuration, instead of the nearest up the tree. */
  readonly config: string | undefined;
  /** What the file is, where its name does not say it. */
  readonly kind: 'runbook' | 'fleet' | undefined;
}

export const noWishes: EditorWishes = { rules: new Map(), fleet: undefined, config: undefined, kind: undefined };
