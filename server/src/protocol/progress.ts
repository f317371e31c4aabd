import {
  type ProgressToken,
  WorkDoneProgress,
  type WorkDoneProgressBegin,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver';
import type { Session } from './session.ts';

/** Shows how far long work has come. */
interface Progress {
  report(done: number, of: number, what: string): void;
  end(): void;
}

const silent: Progress = { report: () => {}, end: () => {} };
let last = 0;

/** With the client's own token, or with one of the server's where the client lets it; else nothing is shown. */
export async function beginProgress(
  { connection, traits }: Session,
  given: ProgressToken | undefined,
): Promise<Progress> {
  const token = given ?? (traits.workDoneProgress ? await ownToken(connection) : undefined);
  if (token === undefined) return silent;
  const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) =>
    void connection.sendProgress(WorkDoneProgress.type, token, value);
  send({ kind: 'begin', title: 'Checking runbooks', percentage: 0, cancellable: false });
  return {
    report(done, of, what) {
      send({
        kind: 'report',
        percentage: Math.floor((100 * done) / Math.max(1, of)),
        message: `${done}/${of} ${what}`,
      });
    },
    end: () => send({ kind: 'end' }),
  };
}

async function ownToken(connection: Session['connection']): Promise<ProgressToken | undefined> {
  last += 1;
  const token = `runbook-lint-${last}`;
  try {
    await connection.sendRequest(WorkDoneProgressCreateRequest.type, { token });
    return token;
  } catch {
    return undefined;
  }
}
