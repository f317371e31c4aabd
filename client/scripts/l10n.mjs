// Writes client/l10n/bundle.l10n.json: everything that the extension says, for translators. `npm run l10n`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const client = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(join(client, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);
const said = files.flatMap((path) => {
  const text = readFileSync(join(client, 'src', path), 'utf8');
  return [...text.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map(([, sentence]) => sentence.replace(/\\'/g, "'"));
});
const { outputFiles } = await build({ entryPoints: [join(client, 'webview/words.ts')], format: 'esm', write: false });
const { english } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
const all = [...new Set([...said, ...Object.values(english)])].sort();
const bundle = Object.fromEntries(all.map((sentence) => [sentence, sentence]));
writeFileSync(join(client, 'l10n/bundle.l10n.json'), `${JSON.stringify(bundle, null, 2)}\n`);
