import { extractionParams } from '@radloom/standard';
import type { PyRadiomicsParams } from '@radloom/study';
import { readText } from '../read-file.js';

/** A parameter file, read; in a module of its own, as most of YAML's code is needed by nobody else. */
export function paramsOf(file: string, label: number | undefined): PyRadiomicsParams {
  return extractionParams(readText(file), label, file);
}
