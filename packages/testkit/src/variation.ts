import { type Column, type Inputs, type Levels, makeMask, makeRegion, type Mask, type PortValue, random, type Region, type Table, takeRows, type Volume, voxelIndices } from '@radloom/core';

/**
 * Inputs that differ from the given ones in everything a filter or a family can see; undefined where they cannot be varied without knowing
 * what they mean, or are too small to tell.
 */
export function varied(inputs: Inputs): Inputs | undefined {
  const found = Object.entries(inputs).map(([port, value]): [string, PortValue | undefined] => {
    const { type } = (value ?? {}) as { type?: string };
    return [port, type === 'volume' ? otherVolume(value as Volume) : type === 'region' ? otherRegion(value as Region) : undefined];
  });
  return found.length > 0 && found.every(([, value]) => value !== undefined) ? Object.fromEntries(found) : undefined;
}

/** Operations that learn, by kind: what they learned of one set of rows must not show in the next. */
const learning: Readonly<Record<string, readonly string[]>> = { transform: ['fit'], selector: ['fit'], classifier: ['fit'], ensemble: ['fit'], resampler: ['resample'] };

export function learns(kind: string, operation: string): boolean {
  return learning[kind]?.includes(operation) === true;
}

/** Inputs of a learning operation with other rows in every table: other names, other values of every predictor. Other inputs stay. */
export function withOtherRows(inputs: Inputs): Inputs | undefined {
  const entries = Object.entries(inputs);
  const tables = entries.filter(([, value]) => (value as { type?: string } | undefined)?.type === 'table');
  return tables.length === 0 ? undefined : { ...inputs, ...Object.fromEntries(tables.map(([port, value]) => [port, otherTable(value as Table)])) };
}

function otherTable(table: Table): Table {
  const stream = random([7, 7, 7, 7]);
  const renamed = table.rows.map((row) => ({ ...row, id: `other-${row.id}` }));
  const columns = table.columns.map((column): Column => (column.kind === 'numeric' && column.name !== table.outcome?.column ? { ...column, values: column.values.map((value) => value * (1 + stream.next()) + 5 * stream.normal()) } : column));
  return takeRows({ ...table, rows: renamed, columns, reasons: [] }, renamed.map((_, i) => i), table.partition.role, table.partition.fold);
}

/** The same grid and type of voxels, other values. */
function otherVolume(volume: Volume): Volume | undefined {
  if (volume.data.length < 8) return undefined;
  const data = volume.data.slice();
  const stream = random([5, 5, 5, 5]);
  for (let i = 0; i < data.length; i++) data[i] = 1 + Math.floor(100 * stream.next());
  return { ...volume, data };
}

/** The first half of the voxels, with other values and levels. */
function otherRegion(region: Region): Region | undefined {
  const count = Math.ceil(region.values.length / 2);
  if (region.values.length < 4) return undefined;
  const intensityMask = half(region.intensityMask, count);
  const image = region.image.slice();
  const values = region.values.slice(0, count);
  const stream = random([6, 6, 6, 6]);
  voxelIndices(intensityMask).forEach((at, i) => (image[at] = values[i] = 1 + Math.floor(100 * stream.next())));
  const levels: Levels | undefined = region.levels === undefined ? undefined : { values: Int32Array.from({ length: count }, () => 1 + Math.floor(5 * stream.next())), count: 5 };
  return makeRegion({ geometry: region.geometry, image, values, ...(levels === undefined ? {} : { levels }), intensityMask, morphologyMask: half(region.morphologyMask, Math.ceil(voxelIndices(region.morphologyMask).length / 2)) });
}

/** The first voxels of a mask. */
function half(mask: Mask, count: number): Mask {
  const data = new Uint8Array(mask.data.length);
  for (const at of voxelIndices(mask).subarray(0, count)) data[at] = 1;
  return makeMask(mask.geometry, data, mask.label, mask.name);
}
