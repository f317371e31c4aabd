import type { Handler } from './handler.ts';
import { rulePageRequest, statusRequest, timelineRequest, whyRequest } from './messages.ts';

type Core = typeof import('./core.ts');

/** Registers what answers a method. What answers is selected once it is loaded. */
export type Answer = <Params, Result>(method: string, select: (core: Core) => Handler<Params, Result>) => void;

/** Every request that the server answers; those that a client is offered stand in capabilities.ts. */
export function routeRequests(answer: Answer): void {
  answer('textDocument/diagnostic', (core) => core.report);
  answer('textDocument/codeAction', (core) => core.codeActions);
  answer('textDocument/hover', (core) => core.hover);
  answer('textDocument/completion', (core) => core.completion);
  answer('textDocument/inlayHint', (core) => core.inlayHints);
  answer('textDocument/definition', (core) => core.definition);
  answer('textDocument/references', (core) => core.references);
  answer(timelineRequest, (core) => core.timeline);
  answer(statusRequest, (core) => core.status);
  answer(whyRequest, (core) => core.why);
  answer(rulePageRequest, (core) => core.rulePage);
}
