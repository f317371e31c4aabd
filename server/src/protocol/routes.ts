import type { Handler } from './handler.ts';
import { codeActions } from './handlers/code-action.ts';
import { codeLenses, resolveCodeLens } from './handlers/code-lens.ts';
import { completion, resolveCompletion } from './handlers/completion.ts';
import { definition } from './handlers/definition.ts';
import { report } from './handlers/diagnostic.ts';
import { documentLinks } from './handlers/document-link.ts';
import { documentSymbols } from './handlers/document-symbol.ts';
import { foldingRanges } from './handlers/folding.ts';
import { formatting } from './handlers/formatting.ts';
import { highlights } from './handlers/highlight.ts';
import { hover } from './handlers/hover.ts';
import { inlayHints } from './handlers/inlay-hint.ts';
import { references } from './handlers/references.ts';
import { prepareRename, rename } from './handlers/rename.ts';
import { rulePage } from './handlers/rule-page.ts';
import { selectionRanges } from './handlers/selection-range.ts';
import { semanticTokens, semanticTokensDelta, semanticTokensRange } from './handlers/semantic-tokens.ts';
import { signatureHelp } from './handlers/signature-help.ts';
import { status } from './handlers/status.ts';
import { timeline } from './handlers/timeline.ts';
import { why } from './handlers/why.ts';
import { willRenameFiles } from './handlers/will-rename.ts';
import { workspaceDiagnostics } from './handlers/workspace-diagnostic.ts';
import { workspaceSymbols } from './handlers/workspace-symbol.ts';
import { rulePageRequest, statusRequest, timelineRequest, whyRequest } from './messages.ts';

/** Registers what answers a method. */
type Answer = <Params, Result>(method: string, handler: Handler<Params, Result>) => void;

/** Every request that the server answers; those that a client is offered stand in capabilities.ts. */
export function routeRequests(answer: Answer): void {
  answer('textDocument/diagnostic', report);
  answer('workspace/diagnostic', workspaceDiagnostics);
  answer('textDocument/codeAction', codeActions);
  answer('textDocument/codeLens', codeLenses);
  answer('codeLens/resolve', resolveCodeLens);
  answer('textDocument/hover', hover);
  answer('textDocument/completion', completion);
  answer('completionItem/resolve', resolveCompletion);
  answer('textDocument/inlayHint', inlayHints);
  answer('textDocument/definition', definition);
  answer('textDocument/references', references);
  answer('textDocument/formatting', formatting);
  answer('textDocument/documentHighlight', highlights);
  answer('textDocument/prepareRename', prepareRename);
  answer('textDocument/rename', rename);
  answer('textDocument/signatureHelp', signatureHelp);
  answer('textDocument/documentSymbol', documentSymbols);
  answer('workspace/symbol', workspaceSymbols);
  answer('textDocument/documentLink', documentLinks);
  answer('textDocument/foldingRange', foldingRanges);
  answer('textDocument/selectionRange', selectionRanges);
  answer('textDocument/semanticTokens/full', semanticTokens);
  answer('textDocument/semanticTokens/full/delta', semanticTokensDelta);
  answer('textDocument/semanticTokens/range', semanticTokensRange);
  answer('workspace/willRenameFiles', willRenameFiles);
  answer(timelineRequest, timeline);
  answer(statusRequest, status);
  answer(whyRequest, why);
  answer(rulePageRequest, rulePage);
}
