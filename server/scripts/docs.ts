// Writes docs/rules from the rules themselves, and docs/tools.md from the built-in tools: `npm run docs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from './rule-pages.ts';
import { toolPage } from './tool-page.ts';

const docs = join(import.meta.dirname, '..', '..', 'docs');
const folder = join(docs, 'rules');
mkdirSync(folder, { recursive: true });
for (const [name, text] of await rulePages()) writeFileSync(join(folder, name), text);
writeFileSync(join(docs, 'tools.md'), toolPage());
