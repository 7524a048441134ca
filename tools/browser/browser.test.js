import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { features } from './case.js';

const here = dirname(fileURLToPath(import.meta.url));
const executable = process.env.RADLOOM_CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executable);
if (!present) process.stderr.write(`SKIPPED: no Chromium at ${executable}; install it, or set RADLOOM_CHROMIUM.\n`);

describe.skipIf(!present)('the imaging half of the standard set in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'radloom-browser-'));
  const problems = [];
  let server;
  let browser;
  let found;

  beforeAll(async () => {
    await build({ root: here, logLevel: 'error', build: { outDir: folder, emptyOutDir: true, target: 'es2022' } });
    server = await preview({ root: here, logLevel: 'error', build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 } });
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
    const page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await page.goto(server.resolvedUrls.local[0]);
    await page.waitForFunction(() => globalThis.radloom !== undefined);
    found = await page.evaluate(() => globalThis.radloom.features());
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('loads without an error', () => expect(problems).toEqual([]));

  test('gives the values of Node within 1e-12, and says which differ at all', async () => {
    const expected = await features();
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    expect(Object.keys(found).length).toBeGreaterThan(900);
    const differing = Object.entries(expected).filter(([name, value]) => !Object.is(found[name], value));
    process.stdout.write(`${Object.keys(expected).length} features in Chromium: ${differing.length} differ from Node in any bit${differing.length > 0 ? `: ${differing.map(([name]) => name).join(', ')}` : ''}\n`);
    for (const [name, value] of Object.entries(expected)) {
      const difference = Math.abs(found[name] - value);
      expect(difference <= 1e-12 * Math.abs(value) || difference === 0, `${name}: ${found[name]} in Chromium, ${value} in Node`).toBe(true);
    }
  });
});
