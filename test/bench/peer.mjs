// yaml-language-server with our schema, installed on demand: the tool that most people have for YAML.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const version = '2.0.0';
const node = '24.21.0';

/** How to start the peer, or undefined where it cannot be had (no network). It needs a newer Node than we do. */
export function peer(folder) {
  const home = join(folder, '.cache', 'bench');
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const main = join(home, 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');
  const binary = join(home, 'node_modules', nodePackage, 'bin', 'node');
  if (!existsSync(main) || !existsSync(binary)) {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
    try {
      const wanted = [`yaml-language-server@${version}`, `${nodePackage}@${node}`];
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', home, ...wanted], { stdio: 'inherit' });
    } catch {
      return undefined;
    }
  }
  return { name: `yaml-language-server ${version}`, command: binary, args: [main, '--stdio'] };
}
