import { number, numberList, record, text } from './plain.js';
import type { StudyResults } from './results.js';

/** A slice through the region of interest. */
export interface View {
  readonly plane: string;
  readonly width: number;
  readonly height: number;
  /** Millimetres of one pixel, across and down. */
  readonly pixel: readonly [number, number];
  /** 0 black to 255 white, row by row. */
  readonly pixels: Uint8Array;
  /** SVG path in pixels. */
  readonly outline: string;
}

/** One image of one case: how it was scanned, its region of interest. */
export interface Overview {
  readonly case: string;
  /** Name of the image where a case has several: `pet`. */
  readonly image: string;
  /** By DICOM keyword; empty where the file says nothing. */
  readonly acquisition: ReadonlyMap<string, string | number>;
  readonly size: readonly number[];
  /** mm along x, y, z. */
  readonly spacing: readonly number[];
  readonly millilitres?: number;
  /** As drawn. */
  readonly voxels?: number;
  /** As features see it. */
  readonly analysed?: number;
  /** Grey levels from the region's lowest to its highest, and those that occur. */
  readonly levels?: number;
  readonly occupied?: number;
  readonly views: readonly View[];
}

/** A case whose description did not come, and why. */
export interface MissingOverview {
  readonly case: string;
  readonly image: string;
  readonly reason: string;
}

/** Cases in the order given, images of a case together. */
export function overviews({ overviews: gathered }: StudyResults): Overview[] {
  const found = gathered.flatMap(({ name, at, value }) => {
    const overview = record(value?.value);
    return overview === undefined ? [] : [overviewOf(overview, at.case ?? '', name)];
  });
  const order = [...new Set(found.map((entry) => entry.case))];
  return found.sort((a, b) => order.indexOf(a.case) - order.indexOf(b.case));
}

export function missingOverviews({ overviews: gathered }: StudyResults): MissingOverview[] {
  return gathered.flatMap(({ name, at, failure }) => (failure === undefined ? [] : [{ case: at.case ?? '', image: name, reason: failure.message }]));
}

/** Names of the images of which there are overviews; one, usually. */
export function imageNames({ overviews: gathered }: StudyResults): string[] {
  return [...new Set(gathered.map(({ name }) => name))];
}

function overviewOf(found: Readonly<Record<string, unknown>>, id: string, image: string): Overview {
  const [region] = Array.isArray(found.regions) ? found.regions.map(record) : [];
  const grid = record(found.image);
  const roi = record(found.roi);
  return {
    case: id,
    image,
    acquisition: new Map(Object.entries(record(found.acquisition) ?? {}).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number')),
    size: numberList(grid?.size) ?? [],
    spacing: numberList(grid?.spacing) ?? [],
    millilitres: number(roi?.millilitres),
    voxels: number(roi?.voxels),
    analysed: number(region?.voxels),
    levels: number(region?.levels),
    occupied: number(region?.occupied),
    views: Array.isArray(found.views) ? found.views.flatMap((view) => viewOf(record(view))) : [],
  };
}

function viewOf(found: Readonly<Record<string, unknown>> | undefined): View[] {
  const [plane, outline] = [text(found?.plane), text(found?.outline)];
  const [width, height] = [number(found?.width), number(found?.height)];
  const [across, down] = numberList(found?.pixel) ?? [];
  const pixels = found?.pixels;
  if (plane === undefined || outline === undefined || width === undefined || height === undefined || down === undefined || !(pixels instanceof Uint8Array) || pixels.length !== width * height) return [];
  return [{ plane, width, height, pixel: [across, down], pixels, outline }];
}

/** Fewer grey levels hide texture, more are noise: both ends of what texture studies use. */
export const fewestLevels = 8;
export const mostLevels = 256;

export function hasUnusualLevels({ levels }: Overview): boolean {
  return levels !== undefined && (levels < fewestLevels || levels > mostLevels);
}
