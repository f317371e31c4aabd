import type { Connection } from 'vscode-languageserver';
import type { Project } from '../project/project.ts';
import type { ClientTraits } from './client-traits.ts';
import type { Documents } from './documents.ts';
import type { Folders } from './folders.ts';
import type { Settings } from './settings.ts';
import type { Signal } from './signal.ts';

/** What a session is made of, and what its other parts work with. */
export interface Parts {
  readonly connection: Connection;
  readonly traits: ClientTraits;
  readonly project: Project;
  readonly documents: Documents;
  readonly settings: Settings;
  readonly folders: Folders;
  /** Fires whenever an analysis may have become another. */
  readonly signal: Signal;
}
