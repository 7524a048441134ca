import type { Vec3 } from '@radloom/core';
import { code } from '../generated/bands.js';
import { type Kernel, kernelSource } from '../wasm/kernel.js';
import { eachBand as plainBands, type TakeBand } from './bands.js';
import type { Axis } from './split-axis.js';
import { type FilterBank, orderedTaps, type Samples } from './tap-rows.js';

type Split = (input: number, low: number, high: number, nx: number, ny: number, nz: number, axis: Axis, width: number, taps: number, rows: number, turn: number) => void;

/** Functions of wasm/bands.as. */
interface BandFunctions {
  readonly splitDoubles: Split;
  readonly splitFloats: Split;
}

export type BandKernel = Kernel<BandFunctions>;

/** The compiled pair of filters, where the platform allows it. */
export const bandKernel = kernelSource<BandFunctions>(code);

/** `plainBands`, to the same bits, by the compiled filters where the platform has them and the memory for them. */
export function eachBand(samples: Samples, size: Vec3, axes: readonly Axis[], bank: FilterBank, take: TakeBand): void {
  const kernel = bandKernel();
  if (kernel === undefined || !compiledBands(kernel, samples, size, axes, bank, take)) plainBands(samples, size, axes, bank, take);
}

/** @returns false, and does nothing, where the volume is too large for WebAssembly memory */
export function compiledBands(kernel: BandKernel, samples: Samples, size: Vec3, axes: readonly Axis[], bank: FilterBank, take: TakeBand): boolean {
  const single = samples instanceof Float32Array;
  const bytes = samples.BYTES_PER_ELEMENT;
  const width = bank.low.length;
  // The source, and the two halves of each axis.
  const volumes = Array<number>(1 + 2 * axes.length).fill(samples.byteLength);
  const areas = kernel.tryRoom((width / 2 + 1) * 2 * width * bytes, 4 * width, (size[0] + width) * bytes, ...volumes);
  if (areas === undefined) return false;
  const [taps, rows, turn, source, ...halves] = areas;
  const numbers = (at: number, length: number): Samples => (single ? kernel.floats(at, length) : kernel.doubles(at, length));
  numbers(source, samples.length).set(samples);
  for (let turned = 0; turned <= width / 2; turned++) {
    const { low, high } = orderedTaps(samples, bank, turned);
    const at = taps + turned * 2 * width * bytes;
    numbers(at, width).set(low);
    numbers(at + width * bytes, width).set(high);
  }
  const split = single ? kernel.call.splitFloats : kernel.call.splitDoubles;
  const descend = (from: number, depth: number, letters: string): void => {
    if (depth === axes.length) return take(letters, numbers(from, samples.length));
    const [low, high] = [halves[2 * depth], halves[2 * depth + 1]];
    split(from, low, high, ...size, axes[depth], width, taps, rows, turn);
    descend(low, depth + 1, `${letters}L`);
    descend(high, depth + 1, `${letters}H`);
  };
  descend(source, 0, '');
  return true;
}
