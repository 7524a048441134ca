import type { FilterBank } from '@radloom/imaging';
import { biorthogonal } from './coefficients/biorthogonal.js';
import { coiflets } from './coefficients/coiflets.js';
import { daubechies } from './coefficients/daubechies.js';
import { discreteMeyer } from './coefficients/meyer.js';
import { symlets } from './coefficients/symlets.js';

/**
 * The analysis filters of a wavelet by its PyWavelets name.
 *
 * The high-pass is the synthesis low-pass with every other sign turned: high[k] = (-1)^(k+1) synthesis[k]. An orthonormal wavelet's
 * synthesis low-pass is its analysis low-pass reversed; a reverse biorthogonal one takes both from its partner, reversed and exchanged.
 *
 * @param single coefficients in float32, for images in float32
 */
export function filterBank(wavelet: string, single: boolean): FilterBank {
  const { analysis, synthesis } = lowPasses(wavelet, single ? Math.fround : (x) => x);
  return { low: analysis, high: synthesis.map((value, k) => (k % 2 === 0 ? -value : value)) };
}

type Round = (x: number) => number;

function lowPasses(wavelet: string, round: Round): { analysis: readonly number[]; synthesis: readonly number[] } {
  const [, family, order] = /^([a-z]+)(.*)$/.exec(wavelet) as RegExpExecArray;
  if (family === 'bior' || family === 'rbio') {
    const { analysis, synthesis } = biorthogonal[order];
    const [a, s] = [analysis.map(round), synthesis.map(round)];
    return family === 'bior' ? { analysis: a, synthesis: s } : { analysis: s.toReversed(), synthesis: a.toReversed() };
  }
  const analysis = orthonormal[family](Number(order), round);
  return { analysis, synthesis: analysis.toReversed() };
}

const orthonormal: Readonly<Record<string, (order: number, round: Round) => readonly number[]>> = {
  haar: (_, round) => daubechies[0].map(round),
  db: (order, round) => daubechies[order - 1].map(round),
  sym: (order, round) => symlets[order - 2].map(round),
  coif: (order, round) => coiflets[order - 1].map((value) => round(round(value) * round(Math.SQRT2))),
  dmey: (_, round) => discreteMeyer.map(round),
};
