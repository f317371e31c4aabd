// A Chromium with an empty profile: the system's, else the one inside an npm package.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache } from './paths.mjs';
import { requireTool } from './setup.mjs';

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const flags = [
  '--no-sandbox', // the tests also run as root in a container
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-sync',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
  '--no-default-browser-check',
  // Nothing outside this machine has a name, so that the workbench neither reaches it nor waits for it.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
];

const loopback = /^(data:|blob:|about:|(https?|wss?):\/\/(([\w-]+\.)?localhost|127\.0\.0\.1)(:\d+)?\/)/;

/** Files of a webview: the workbench's service worker answers these, and no name outside is ever looked up. */
const ofWebview = /^https:\/\/[\w+-]+\.vscode-resource\.vscode-cdn\.net\//;

/**
 * Opens the browser. `CHROMIUM_PATH` names another one; `E2E_NPM_CHROMIUM=1` takes npm's in any case.
 * `outside` fills with the addresses beyond this machine that a page asked for.
 */
export async function openBrowser() {
  const { chromium } = requireTool('playwright-core');
  const { executablePath, env } = await findChromium();
  // A profile of its own, and not a context of the usual kind: those are incognito, where third-party storage is blocked,
  // which the workbench's frames need.
  const profile = mkdtempSync(join(tmpdir(), 'runbook-lint-chromium-'));
  mkdirSync(join(profile, 'Default'));
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify(preferences));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    env,
    headless: true,
    args: flags,
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const outside = new Set();
  context.on('request', (request) => {
    if (!loopback.test(request.url()) && !ofWebview.test(request.url())) outside.add(request.url().slice(0, 120));
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  if (process.env.E2E_VERBOSE) page.on('console', (message) => console.log(`[page] ${message.text().slice(0, 400)}`));
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, outside, close };
}

async function findChromium() {
  const candidates = process.env.E2E_NPM_CHROMIUM ? [] : [process.env.CHROMIUM_PATH, ...installed];
  const executablePath = candidates.find((path) => path && existsSync(path));
  return executablePath === undefined ? unpackChromium() : { executablePath, env: process.env };
}

/** The package unpacks itself below the folder for temporary files, which is .cache/chromium here. */
async function unpackChromium() {
  const folder = join(cache, 'chromium');
  mkdirSync(folder, { recursive: true });
  const main = requireTool.resolve('@sparticuz/chromium');
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: chromium, inflate } = await import(pathToFileURL(main).href);
    const executablePath = await chromium.executablePath();
    const libraries = await inflate(join(packageFolder(main), 'bin/al2023.tar.br'));
    return { executablePath, env: { ...process.env, ...fontsFor(folder), LD_LIBRARY_PATH: join(libraries, 'lib') } };
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function packageFolder(file) {
  return existsSync(join(file, 'package.json')) ? file : packageFolder(dirname(file));
}

/** Without any font configuration, Chromium ends at the first letter. */
function fontsFor(folder) {
  if (existsSync('/etc/fonts/fonts.conf')) return {};
  const file = join(folder, 'fonts.conf');
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  return { FONTCONFIG_FILE: file };
}
