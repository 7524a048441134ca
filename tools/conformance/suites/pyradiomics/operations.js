import { parseParams } from '@radloom/core';
import { standardPlugin } from '@radloom/standard';
import { inputFiles } from '../../reference.js';

const context = { seed: [0, 0, 0, 0], at: {}, signal: new AbortController().signal, progress: () => {}, warn: () => {} };

/** Runs one operation of a standard plugin. */
export async function operate(id, operation, inputs, settings = {}) {
  const plugin = await standardPlugin(id);
  return (await plugin.operations[operation].load())(inputs, parseParams(plugin.params, settings), context);
}

/** An image or label map of the reference. */
export async function readVolume(path) {
  return (await operate('reader/nrrd', 'read', { files: { type: 'files', files: inputFiles(path) } })).volume;
}
