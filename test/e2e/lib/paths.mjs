import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
export const cache = join(root, '.cache');
/** The packages of test/e2e/package.json. */
export const tools = join(cache, 'e2e-tools');
/** The workbench for the browser, which `npm start` uses too. */
export const workbench = join(cache, 'workbench');
/** What a run leaves behind: bundles, results, screenshots. */
export const output = join(cache, 'e2e');
export const screenshots = join(output, 'screenshots');
