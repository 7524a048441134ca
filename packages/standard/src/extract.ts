import { type pyradiomicsParams, type PyRadiomicsParams, readParams } from '@radloom/study';
import { extractWith, standardParams, withLabel } from './direct.js';
import type { Extraction } from './plan.js';
import { type ImageInput, readerOf, sourceOf } from './readers.js';

export interface ExtractOptions {
  readonly image: ImageInput;
  readonly mask: ImageInput;
  /** PyRadiomics parameters: the text of a Params.yaml, or the same as plain data. Default: PyRadiomics' defaults. */
  readonly params?: string | Parameters<typeof pyradiomicsParams>[0];
  /** Label of the region in the segmentation; overrides the parameters. */
  readonly label?: number;
  /** Volume of a four-dimensional image file, counted from 0. */
  readonly volume?: number;
  readonly signal?: AbortSignal;
}

/**
 * Radiomics features of one region, with PyRadiomics' names and numbers; runs alike in Node and in a browser.
 *
 * @throws the first failure: a file that cannot be read, a mask on another grid, an empty region
 */
export async function extract({ image, mask, params, label, volume, signal }: ExtractOptions): Promise<Extraction> {
  return extractWith(extractionParams(params, label), { image: sourceOf(image), mask: sourceOf(mask), imageReader: readerOf(image), segmentationReader: readerOf(mask), volume, signal });
}

/** PyRadiomics parameters from text or plain data; `label` overrides theirs. */
export function extractionParams(params: ExtractOptions['params'], label?: number, file = 'params'): PyRadiomicsParams {
  return typeof params === 'string' ? withLabel(readParams(params, file), label) : standardParams(params, label);
}
