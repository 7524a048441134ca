import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeCohort } from './make-cohort.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const executable = process.env.RADLOOM_CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executable);
if (!present) process.stderr.write(`SKIPPED: no Chromium at ${executable}; install it, or set RADLOOM_CHROMIUM.\n`);

const folder = mkdtempSync(join(tmpdir(), 'radloom-demo-report-'));
const out = (language) => join(folder, `out-${language}`);
const rowsOf = (file) => readFileSync(file, 'utf8').replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain));

/** The demo's study on part of the cohort, with fewer images, trees and folds; the report in that language. */
function study(language) {
  const text = readFileSync(join(root, 'examples', 'stroke-ht', 'radloom.study.yaml'), 'utf8')
    .replace(/filters:[\s\S]*?features:.*\n/, 'filters: [original]\n  features: [shape, firstorder, glcm]\n')
    .replace('nested: { folds: 5 }', 'nested: { folds: 3 }')
    .replace('lasso: { folds: 10, rule: lambda.1se }', 'lasso: { folds: 3, rule: lambda.min }')
    .replace('tuning: { folds: 10, metric: auc }', 'tuning: { folds: 3 }')
    .replace('trees: 500', 'trees: 30')
    .replace(/grid: \{ k: .*? \}/, 'grid: { k: [3, 5] }')
    .replace('report: { language: en }', `report: { language: ${language} }`);
  const file = join(folder, `${language}.study.yaml`);
  writeFileSync(file, text);
  return file;
}

function run(language) {
  const args = [join(root, 'apps', 'cli', 'bin', 'radloom.js'), 'run', study(language), '--set', `DATA=${join(folder, 'cohort')}`, '--cache', join(folder, 'cache'), '--out', out(language), '--json'];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', cwd: folder, maxBuffer: 1 << 28 });
  expect(done.status, done.stderr).toBe(0);
  return done.stdout.trim().split('\n').map((line) => JSON.parse(line)).filter((event) => event.type === 'node' && event.state === 'executed').map((event) => event.step);
}

let inChinese;
beforeAll(async () => {
  await makeCohort(join(folder, 'cohort'), { seed: 5, cases: 48 });
  run('en');
  inChinese = run('zh');
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('another language executes the report alone', () => expect(inChinese).toEqual(['report']));

test('every figure is there as SVG and as PNG at 300 dots an inch, every table as CSV and as workbook', () => {
  for (const language of ['en', 'zh']) {
    const figures = readdirSync(join(out(language), 'figures'));
    const svg = figures.filter((name) => name.endsWith('.svg'));
    expect(svg.length).toBeGreaterThan(20);
    for (const name of svg) {
      const width = Number(/ width="([\d.]+)/.exec(readFileSync(join(out(language), 'figures', name), 'utf8'))?.[1]);
      const png = readFileSync(join(out(language), 'figures', name.replace(/svg$/, 'png')));
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
      // CSS inches have 96 pixels.
      expect(Math.abs(png.readUInt32BE(16) - (width * 300) / 96), name).toBeLessThanOrEqual(1);
    }
    const tables = readdirSync(join(out(language), 'tables'));
    const named = (ending) => tables.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
    expect(named('.csv').length).toBeGreaterThan(15);
    expect(named('.csv').filter((name) => !tables.includes(`${name}.xlsx`))).toEqual([]);
  }
});

test('the table of performance is what the stored predictions give', () => {
  const [head, ...rows] = rowsOf(join(out('en'), 'predictions.csv'));
  const at = (name) => head.indexOf(name);
  const models = { 'random-forest': 'Random forest', svm: 'Support vector machine', knn: 'K-nearest neighbours', stacking: 'Stacking' };
  const roles = { training: 'Training', 'out-of-fold': 'Out of fold', test: 'Test' };
  const [columns, ...printed] = rowsOf(join(out('en'), 'tables', 'performance.csv'));
  let compared = 0;
  for (const [model, name] of Object.entries(models)) {
    for (const [role, group] of Object.entries(roles)) {
      const own = rows.filter((row) => row[at('model')] === model && row[at('role')] === role).map((row) => ({ y: row[at('outcome')] === '1', p: Number(row[at('probability')]), t: Number(row[at('threshold')]) }));
      const [events, others] = [own.filter(({ y }) => y), own.filter(({ y }) => !y)];
      const positive = ({ p, t }) => p >= t;
      const [tp, fp] = [events.filter(positive).length, others.filter(positive).length];
      let pairs = 0;
      for (const a of events) for (const b of others) pairs += a.p > b.p ? 1 : a.p === b.p ? 0.5 : 0;
      const expected = {
        AUC: pairs / (events.length * others.length),
        Accuracy: (tp + others.length - fp) / own.length,
        Sensitivity: tp / events.length,
        Specificity: (others.length - fp) / others.length,
        PPV: tp / (tp + fp),
        NPV: (others.length - fp) / (own.length - tp - fp),
        F1: (2 * tp) / (2 * tp + fp + events.length - tp),
      };
      const row = printed.find((cells) => cells.includes(group) && cells.includes(name));
      for (const [measure, value] of Object.entries(expected)) {
        if (Number.isNaN(value)) continue;
        expect(Number(row[columns.indexOf(measure)]), `${measure} of ${model}, ${role}`).toBeCloseTo(value, 12);
        compared++;
      }
    }
  }
  expect(compared).toBeGreaterThan(70);
});

describe.skipIf(!present)('the report in Chromium', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  let browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  }, 60_000);
  afterAll(() => browser?.close());

  const cases = ['en', 'zh'].flatMap((language) => ['light', 'dark'].map((colorScheme) => [language, colorScheme]));
  test.each(cases)('in %s, %s: every section, no console error, no request, nothing to scroll sideways on a phone, accessible', async (language, colorScheme) => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, colorScheme });
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('request', (request) => /^(file|data):/.test(request.url()) || problems.push(request.url()));
    await page.goto(pathToFileURL(join(out(language), 'report.html')).href);
    const { lang, missing, sections, width } = await page.evaluate(() => ({
      lang: document.documentElement.lang,
      sections: document.querySelectorAll('section[id]').length,
      missing: [...document.querySelectorAll('nav a[href^="#"]')].map((link) => link.getAttribute('href')).filter((href) => document.querySelector(href) === null),
      width: document.documentElement.scrollWidth,
    }));
    expect(lang).toMatch(language);
    expect(sections).toBeGreaterThan(20);
    expect(missing).toEqual([]);
    expect(width).toBeLessThanOrEqual(390);
    // Long tables are folded; the link to one opens it, and what is in the folds is as accessible and as narrow as the rest.
    await page.evaluate(() => document.querySelector('a[href="#table-steps"]').click());
    await page.waitForFunction(() => document.querySelector('#table-steps').closest('details').open);
    expect(await page.evaluate(() => [...document.querySelectorAll('details')].map((fold) => (fold.open = true)).length)).toBeGreaterThan(4);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.click('a.up');
    await page.waitForFunction(() => Math.abs(document.querySelector('#contents').getBoundingClientRect().top) < 2);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    expect(violations.filter(({ impact }) => ['serious', 'critical'].includes(impact)).map(({ id, nodes }) => `${id}: ${nodes[0].html}`)).toEqual([]);
    expect(problems).toEqual([]);
    await page.close();
  }, 120_000);

  test('prints on paper: folds open, nothing beyond the edge, light where the screen is dark, no contents to click', async () => {
    const page = await browser.newPage({ viewport: { width: 688, height: 1000 }, colorScheme: 'dark' });
    await page.goto(pathToFileURL(join(out('en'), 'report.html')).href);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const { wide, hidden, background, shown } = await page.evaluate(() => {
      const edge = document.documentElement.clientWidth + 1;
      return {
        wide: [...document.querySelectorAll('table, figure')].filter((element) => element.getBoundingClientRect().right > edge).map((element) => element.closest('[id]').id),
        hidden: [...document.querySelectorAll('table, figure')].filter((element) => element.getBoundingClientRect().height === 0).map((element) => element.closest('[id]').id),
        background: getComputedStyle(document.body).backgroundColor,
        shown: ['nav', 'a.up'].filter((selector) => document.querySelector(selector).getBoundingClientRect().height > 0),
      };
    });
    expect({ wide, hidden, background, shown }).toEqual({ wide: [], hidden: [], background: 'rgb(255, 255, 255)', shown: [] });
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(5);
    expect(pages).toBeLessThan(40);
    await page.close();
  }, 120_000);
});
