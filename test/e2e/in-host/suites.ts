import './start.ts';
import './findings.ts';
import './fixes.ts';
import './language.ts';
import './across-files.ts';
import './features.ts';
import './commands.ts';
import './node-only.ts';
