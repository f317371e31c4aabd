import type { CancellationToken } from 'vscode-languageserver';
import type { Session } from './session.ts';

/** Answers one kind of request. What it throws, or rejects with, becomes an error answer, and the server lives. */
export type Handler<Params, Answer> = (session: Session, params: Params, token: CancellationToken) => Promise<Answer>;
