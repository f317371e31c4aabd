import { CodeLensRefreshRequest } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Parts } from './parts.ts';

/** Keeps the lenses of a fleet true while the runbooks that they tell of are edited: of these a client knows nothing. */
export interface LensRenewal {
  edited(document: TextDocument): void;
}

/** In milliseconds: edits that follow one another faster are one, so that lenses stand still while somebody types. */
const pause = 250;

export function createLensRenewal({
  connection,
  traits,
  documents,
  project,
}: Pick<Parts, 'connection' | 'traits' | 'documents' | 'project'>): LensRenewal {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function isFleet({ uri }: TextDocument): boolean {
    return project.peek(uri)?.kind === 'fleet';
  }

  /** Where the client refuses, or is gone meanwhile, its lenses are old and nothing worse. */
  async function renew(): Promise<void> {
    try {
      await connection.sendRequest(CodeLensRefreshRequest.type);
    } catch {}
  }

  return {
    edited(document) {
      // The lenses of the edited document itself are asked for again without a word from here.
      if (!traits.refreshesLenses || !documents.all().some((other) => other !== document && isFleet(other))) return;
      clearTimeout(timer);
      timer = setTimeout(renew, pause);
    },
  };
}
