import { checkedParams, type PyRadiomicsParams } from './pyradiomics.js';
import { parseYaml } from './yaml.js';

/**
 * Reads a PyRadiomics parameter file as PyRadiomics 3.1 does.
 *
 * @throws a problem with file, line and column; an unknown key with the nearest valid one
 */
export function readParams(text: string, file: string): PyRadiomicsParams {
  return checkedParams(parseYaml(text, file, new Set(['sigma'])));
}
