import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { nrrd, radloom, resultOf, scan, testCohort, type TestCohort } from './testing/cohort.js';

/** GB 18030 bytes of a text whose characters are ASCII or of two bytes: what decodes to a character encodes it. */
function gb18030(text: string): Uint8Array {
  const pairs: [number, number][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) pairs.push([lead, trail]);
  const decoder = new TextDecoder('gb18030');
  const bytesOf = new Map(pairs.map((pair) => [decoder.decode(Uint8Array.from(pair)), pair]));
  return Uint8Array.from([...text].flatMap((sign) => (sign.charCodeAt(0) < 0x80 ? [sign.charCodeAt(0)] : bytesOf.get(sign)!)));
}

const header = ['id', 'image', 'mask', 'mask2', '转化', '年龄', '性别', '肝素', '血糖', '入院日期', '分级', '设备'];

/** A row as a hospital writes it: words, full-width digits, percent signs, stray blanks; every third case was segmented once. */
function row(i: number): string[] {
  const id = `C${String(i + 1).padStart(2, '0')}`;
  const age = 50 + ((7 * i) % 30);
  return [
    id, `scans/${id}.nrrd`, `scans/${id}-mask.nrrd`, i % 3 === 0 ? '' : `scans/${id}-second.nrrd`, i % 2 === 1 ? '是' : '否', i % 5 === 0 ? [...String(age)].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('') : ` ${age} `,
    i % 3 === 0 ? '男' : '女', ['有', '无', '1', '0'][(3 * i) % 4], i === 4 ? '未查' : `${5 + (i % 4)}.5%`, `2023年${1 + (i % 12)}月${1 + i}日`, ['轻', '中', '重'][i % 3], i % 4 < 2 ? 'GE' : 'Siemens',
  ];
}

const study = (table: string) => `title: Clinical table
seed: 7
cohort:
  table: ${table}
  image: image
  mask: mask
  second: mask2
  outcome: { column: 转化, event: 是 }
  clinical: [年龄, 性别, 肝素]
  types: { 分级: category }
imaging:
  discretise: { binWidth: 10 }
  features: [shape, firstorder]
selection:
  - univariate: { columns: [年龄, 性别, 肝素], alpha: 0.5, as-published: true }
  - icc: { threshold: 0.5 }
  - combat: { batch: 设备, leave: [年龄, 性别, 肝素] }
  - lasso: { folds: 4, rule: lambda.min }
split: { method: hold-out }
tuning: { folds: 3 }
models: { logistic: }
evaluation:
  - discrimination: { bootstrap: 50 }
  - baseline-table: { columns: [年龄, 性别, 肝素, 血糖, 入院日期, 分级] }
`;

const count = 24;
let cohort: TestCohort;
beforeAll(async () => {
  cohort = testCohort({ cases: count, study: study('cohort.csv') });
  for (let i = 0; i < count; i++) {
    const { mask } = scan(i, i % 2 === 1);
    // The second reader leaves out the lowest slice that the first has.
    cohort.write(`scans/C${String(i + 1).padStart(2, '0')}-second.nrrd`, nrrd(mask.map((flag, at) => (at < 3 * 18 * 17 ? 0 : flag))));
  }
  const rows = [header, ...Array.from({ length: count }, (_, i) => row(i))];
  cohort.write('cohort.csv', gb18030(`${rows.map((cells) => cells.join(',')).join('\r\n')}\r\n`));
  // The workbook has numbers, dates and nothing where the text has digits, words and blanks.
  const sheet = rows.map((cells, r) => cells.map((cell, c) => (r === 0 ? cell : c === 5 ? 50 + ((7 * (r - 1)) % 30) : c === 9 ? { value: new Date(Date.UTC(2023, (r - 1) % 12, r)), type: Date, format: 'yyyy-mm-dd' } : cell === '' ? null : cell)));
  cohort.write('cohort.xlsx', await writeExcelFile(sheet as unknown as Parameters<typeof writeExcelFile>[0]).toBuffer());
  cohort.write('workbook.study.yaml', study('cohort.xlsx'));
});

const plan = (file: string, ...more: string[]) => radloom(['plan', file, '--cache', '.cache', ...more], { cwd: cohort.folder });

describe('a clinical table in GB 18030', () => {
  test('is shown as it was understood', () => {
    const { stdout, stderr, status } = plan('radloom.study.yaml');
    expect([stderr, status]).toEqual(['', 0]);
    expect(stdout.split('\n').slice(0, 8)).toEqual([
      'column    read as                                  cells',
      '转化      flag                           inferred  24 known',
      '年龄      number                         inferred  24 known',
      '性别      category: 女, 男               inferred  24 known',
      '肝素      flag                           inferred  24 known',
      '血糖      number in %                    inferred  23 known, 1 missing',
      '入院日期  date in days since 1970-01-01  inferred  24 known',
      '分级      category: 中, 轻, 重           declared  24 known',
    ]);
  });
  test('a workbook of the same cells is the same study', () => {
    const [text, workbook] = ['radloom.study.yaml', 'workbook.study.yaml'].map((file) => JSON.parse(plan(file, '--json').stdout) as { planId: string; variables: unknown[] });
    expect(workbook.variables).toEqual(text.variables);
    expect(workbook.planId).toBe(text.planId);
  });
  test('runs: two readings compared, scanners harmonised, the screening of all rows marked, the variables described', () => {
    const { stdout, stderr, status } = radloom(['run', 'radloom.study.yaml', '--json', '--cache', '.cache', '--out', 'out'], { cwd: cohort.folder });
    expect([status, resultOf(stdout).failedCases, stderr.includes('broke')]).toEqual([0, {}, false]);
    const page = readFileSync(join(cohort.folder, 'out', 'report.html'), 'utf8');
    expect(page).toMatch(/as-published[^<]*univariate\.fit/);
    for (const shown of ['年龄, ', '分级, n (%)', '血糖, ', 'Mann-Whitney']) expect(page).toContain(shown);
  }, 120_000);
  test('a cell that cannot be read stops before anything runs, by case, line and column', () => {
    const rows = [header, ...Array.from({ length: count }, (_, i) => row(i).map((cell, c) => (i === 6 && c === 5 ? '六十' : cell)))];
    cohort.write('broken.csv', gb18030(`${rows.map((cells) => cells.join(',')).join('\n')}\n`));
    cohort.write('broken.study.yaml', study('broken.csv'));
    const { stderr, status } = plan('broken.study.yaml');
    expect(status).not.toBe(0);
    expect(stderr).toContain('broken.csv:8, 年龄: Case C07 has "六十" in 年龄, where a number is needed.');
  });
});
