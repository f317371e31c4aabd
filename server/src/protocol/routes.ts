import type { Handler } from './handler.ts';
import { rulePageRequest, statusRequest, timelineRequest, whyRequest } from './messages.ts';

type Core = typeof import('./core.ts');

/** Registers what answers a method. What answers is selected once it is loaded. */
export type Answer = <Params, Result>(method: string, select: (core: Core) => Handler<Params, Result>) => void;

/** Every request that the server answers; those that a client is offered stand in capabilities.ts. */
export function routeRequests(answer: Answer): void {
  answer('textDocument/diagnostic', (core) => core.report);
  answer('workspace/diagnostic', (core) => core.workspaceDiagnostics);
  answer('textDocument/codeAction', (core) => core.codeActions);
  answer('textDocument/codeLens', (core) => core.codeLenses);
  answer('codeLens/resolve', (core) => core.resolveCodeLens);
  answer('textDocument/hover', (core) => core.hover);
  answer('textDocument/completion', (core) => core.completion);
  answer('completionItem/resolve', (core) => core.resolveCompletion);
  answer('textDocument/inlayHint', (core) => core.inlayHints);
  answer('textDocument/definition', (core) => core.definition);
  answer('textDocument/references', (core) => core.references);
  answer('textDocument/formatting', (core) => core.formatting);
  answer('textDocument/documentHighlight', (core) => core.highlights);
  answer('textDocument/prepareRename', (core) => core.prepareRename);
  answer('textDocument/rename', (core) => core.rename);
  answer('textDocument/signatureHelp', (core) => core.signatureHelp);
  answer('textDocument/documentSymbol', (core) => core.documentSymbols);
  answer('workspace/symbol', (core) => core.workspaceSymbols);
  answer('textDocument/documentLink', (core) => core.documentLinks);
  answer('textDocument/foldingRange', (core) => core.foldingRanges);
  answer('textDocument/selectionRange', (core) => core.selectionRanges);
  answer('textDocument/semanticTokens/full', (core) => core.semanticTokens);
  answer('textDocument/semanticTokens/full/delta', (core) => core.semanticTokensDelta);
  answer('textDocument/semanticTokens/range', (core) => core.semanticTokensRange);
  answer('workspace/willRenameFiles', (core) => core.willRenameFiles);
  answer(timelineRequest, (core) => core.timeline);
  answer(statusRequest, (core) => core.status);
  answer(whyRequest, (core) => core.why);
  answer(rulePageRequest, (core) => core.rulePage);
}
