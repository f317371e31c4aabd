/** Everything that has to do with runbooks: loaded once `initialize` is answered, so that an editor starts sooner. */
export { filesFor } from './client-files.ts';
export { codeActions } from './handlers/code-action.ts';
export { completion } from './handlers/completion.ts';
export { definition } from './handlers/definition.ts';
export { report } from './handlers/diagnostic.ts';
export { hover } from './handlers/hover.ts';
export { inlayHints } from './handlers/inlay-hint.ts';
export { references } from './handlers/references.ts';
export { rulePage } from './handlers/rule-page.ts';
export { status } from './handlers/status.ts';
export { timeline } from './handlers/timeline.ts';
export { why } from './handlers/why.ts';
export { createSession } from './session.ts';
export { changed, closed, configured, opened, registerWatchers, saved, watched } from './sync.ts';
