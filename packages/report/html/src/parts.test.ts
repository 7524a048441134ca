import { expect, test } from 'vitest';
import { swarmLevels } from './figures/swarm.js';
import { textWidth, wrapText } from './figures/text-width.js';
import { html, trusted } from './html.js';
import { numberFormat } from './numbers.js';
import { inChinese } from './words/said.js';
import { parseFeatureName } from './reading/feature-name.js';

test.each([
  ['original_shape_LeastAxisLength', 'LeastAxisLength', 'shape', { kind: 'original' }],
  ['log-sigma-2-0-mm-3D_glcm_Contrast', 'Contrast', 'glcm', { kind: 'log-sigma', detail: '2.0 mm' }],
  ['log-sigma-0-75-mm-2D_firstorder_Mean', 'Mean', 'firstorder', { kind: 'log-sigma', detail: '0.75 mm' }],
  ['wavelet-HLL_gldm_DependenceVariance', 'DependenceVariance', 'gldm', { kind: 'wavelet', detail: 'HLL' }],
  ['wavelet2-LH_glrlm_RunEntropy', 'RunEntropy', 'glrlm', { kind: 'wavelet', detail: 'LH (2)' }],
  ['lbp-3D-m1_ngtdm_Busyness', 'Busyness', 'ngtdm', { kind: 'lbp-3D', detail: 'm1' }],
  ['squareroot_glszm_ZoneEntropy', 'ZoneEntropy', 'glszm', { kind: 'squareroot' }],
  ['mr_t1_original_glcm_Idm', 'Idm', 'glcm', { kind: 'original', of: 'mr_t1' }],
  ['pet_log-sigma-4-0-mm-3D_gldm_DependenceEntropy', 'DependenceEntropy', 'gldm', { kind: 'log-sigma', detail: '4.0 mm', of: 'pet' }],
  ['my_own_filter_glcm_Idm', 'Idm', 'glcm', { kind: 'my_own_filter' }],
])('%s is %s of %s', (name, feature, family, image) => {
  expect(parseFeatureName(name)).toEqual({ feature, family, image });
});

test.each(['heparin', 'nihss_at_admission', 'time_to_scan'])('%s is no image feature', (name) => {
  expect(parseFeatureName(name)).toBeUndefined();
});

test('numbers: three decimals, a true minus, no signed zero', () => {
  const { decimal, significant, estimate, count } = numberFormat(3, 'en');
  expect([0.8423, 1, -0.25, -0.0001, NaN, Infinity, -Infinity].map(decimal)).toEqual(['0.842', '1.000', '−0.250', '0.000', '–', '∞', '−∞']);
  expect([0.15937, -0.0843, 0.028, -0.000112345, 1.2346e-7, 0, 37.5, 12345].map(significant)).toEqual(['0.1594', '−0.08430', '0.02800', '−0.0001123', '1.235 × 10⁻⁷', '0', '37.50', '12345']);
  expect(estimate(0.84, 0.71, 0.97)).toBe('0.840 (0.710 to 0.970)');
  expect(estimate(0.84)).toBe('0.840');
  expect(numberFormat(2, 'zh').estimate(0.84, 0.71, 0.97)).toBe('0.84 (0.71～0.97)');
  expect(count(1037)).toBe('1037');
});

test('sentences of other steps in Chinese, with their numbers; what is not known stays', () => {
  expect(inChinese('90 rows are of 45 patients, as several folds predict the same case: intervals and tests count each patient once.')).toBe('90 行来自 45 名患者（同一病例由多折预测）：区间与检验中每名患者只计一次。');
  // A cause within a sentence is told too.
  expect(inChinese('All 4 candidates failed. The first, svm.candidate.1: 3 patients with the event cannot be dealt into 5 folds.')).toBe('全部 4 个候选均失败。第一个（svm.candidate.1）：其中一类结局仅 3 名患者，无法分成 5 折。');
  expect(['Wilson', 'bootstrap (stratified, 2000), by patient'].map(inChinese)).toEqual(['Wilson 法', '分层自助法，2000 次，按患者']);
  expect(inChinese('x has no P: all values are equal.')).toBe('x 无 P 值：所有取值相同。');
  expect(inChinese('Nobody expected this.')).toBe('Nobody expected this.');
});

test('a template escapes what is put in, and lets markup through', () => {
  expect(html`<p title="${'a"b'}">${'<b>'} ${html`<i>${'&'}</i>`} ${trusted('<u/>')} ${[1, '<', undefined]}${false}${null}</p>`.markup).toBe('<p title="a&quot;b">&lt;b&gt; <i>&amp;</i> <u/> 1&lt;</p>');
});

test('dots of a swarm: the three at 0.5 share three levels, the one apart stays on the line', () => {
  expect([...swarmLevels([0.5, 0.9, 0.5, 0.5], 0.02)]).toEqual([0, 0, 1, -1]);
});

test('dots of one level of a swarm keep their distance', () => {
  const positions = Array.from({ length: 200 }, (_, i) => ((i * 37) % 101) / 100);
  const levels = swarmLevels(positions, 0.03);
  const near = positions.flatMap((a, i) => positions.filter((b, j) => j > i && levels[i] === levels[j] && Math.abs(a - b) < 0.03));
  expect(near).toEqual([]);
});

test('wrapped lines lose nothing and stay within the width, in both scripts', () => {
  const texts = ['Incomplete images of the follow-up examination', '入院后首次非增强CT扫描显示颅内出血或者占位性病变者', 'a'.repeat(60)];
  for (const text of texts) {
    const lines = wrapText(text, 120);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(120);
  }
  expect(wrapText('n\u00a0=\u00a048', 20)).not.toContain('n');
});
