// Writes docs/rules from the rules themselves: `npm run docs`.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rulePages } from './rule-pages.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'rules');
mkdirSync(folder, { recursive: true });
for (const [name, text] of await rulePages()) writeFileSync(join(folder, name), text);
