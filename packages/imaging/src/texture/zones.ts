import type { Region } from '@radloom/core';
import type { PlaneSettings } from './directions.js';
import type { LevelSizeMatrix } from './level-sizes.js';
import { textureWalk } from './walk.js';

/** Zones of connected voxels of one level (26 neighbours; 8 where flat): cells of (grey level, zone size). */
export function sizeZones(region: Region, settings: PlaneSettings): LevelSizeMatrix {
  const walk = textureWalk(region, settings);
  return region.once(`texture-zones:flat=${walk.flat}`, () => walk.zones().cells(walk.levels));
}
