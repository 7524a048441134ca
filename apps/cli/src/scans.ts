/** An image with the segmentation of its region; paths are relative to the folder that was looked at. */
export interface ScanPair {
  readonly image: string;
  readonly mask: string;
}

/** A case with its pairs by modality (`''` where no name says which), or the reason why there is none. */
export type FoundCase = { readonly id: string; readonly pairs: Readonly<Record<string, ScanPair>> } | { readonly id: string; readonly reason: string };

const words = {
  mask: ['mask', 'masks', 'label', 'labels', 'labelmap', 'seg', 'segs', 'segmentation', 'segmentations', 'roi', 'rois', 'lesion', 'lesions', 'contour', 'contours'],
  image: ['image', 'images', 'img', 'imgs', 'scan', 'scans', 'volume', 'volumes', 'dicom', 'dcm', 'nifti', 'nrrd', 'orig', 'original'],
  modality: ['ct', 'cbct', 'mr', 'mri', 'pet', 'spect', 'us', 't1', 't1w', 't1c', 't1ce', 't2', 't2w', 'flair', 'adc', 'dwi', 'dce', 'suv'],
};
const known = new Set(Object.values(words).flat());

/**
 * Pairs images with segmentations by their names: `C01/ct.nii.gz` with `C01/mask.nii.gz`, `images/C01.nrrd` with `masks/C01.nrrd`,
 * `C01_ct.nii` with `C01_seg.nii`; where a case has several images, each with the segmentation of its modality: `C01/pet_image.nii` with
 * `C01/pet_mask.nii`. What is left of a path without the words that say what a file is, is the case.
 *
 * @param scans paths with `/`: image files, and folders of DICOM slices
 */
export function pairScans(scans: readonly string[]): FoundCase[] {
  const cases = new Map<string, Scan[]>();
  for (const path of [...scans].sort()) {
    const { id, ...scan } = describe(path);
    cases.set(id, [...(cases.get(id) ?? []), scan]);
  }
  return [...cases].map(([id, found]) => ({ id, ...pairsOf(found) }));
}

interface Scan {
  readonly path: string;
  readonly mask: boolean;
  readonly modality: string;
}

function pairsOf(scans: readonly Scan[]): { readonly pairs: Record<string, ScanPair> } | { readonly reason: string } {
  const images = scans.filter((scan) => !scan.mask);
  const masks = scans.filter((scan) => scan.mask);
  const listed = (some: readonly Scan[]): string => some.map(({ path }) => path).join(', ');
  if (images.length === 0) return { reason: `no image beside ${listed(masks)}` };
  if (masks.length === 0) return { reason: `no segmentation beside ${listed(images)}` };
  if (images.length === 1 && masks.length === 1) return { pairs: { [images[0].modality || masks[0].modality]: { image: images[0].path, mask: masks[0].path } } };
  const pairs: Record<string, ScanPair> = {};
  for (const modality of new Set(scans.map((scan) => scan.modality))) {
    const [own, its] = [images, masks].map((some) => some.filter((scan) => scan.modality === modality));
    if (own.length !== 1 || its.length !== 1) return { reason: images.length > 1 ? `several images: ${listed(images)}; segmentations: ${listed(masks)}` : `several segmentations: ${listed(masks)}` };
    pairs[modality] = { image: own[0].path, mask: its[0].path };
  }
  return { pairs };
}

function describe(path: string): Scan & { readonly id: string } {
  const parts = path.replace(/\.(nii\.gz|nii|nrrd|nhdr)$/i, '').split('/');
  const said = parts.flatMap((part) => part.toLowerCase().split(/[_\-. ]+/));
  const named = parts.map(withoutKnownWords).filter((part) => part !== '');
  // C01/C01_ct is C01, said twice.
  const id = named.filter((part, i) => i === 0 || part !== named[i - 1]).join('-');
  return { path, id: id === '' ? 'case' : id, mask: said.some((word) => words.mask.includes(word)), modality: [...new Set(said.filter((word) => words.modality.includes(word)))].join('') };
}

/** A name without the words that say what the file is; the separators of what stays are kept. */
function withoutKnownWords(part: string): string {
  const pieces = part.split(/([_\-. ]+)/);
  let kept = '';
  for (let i = 0; i < pieces.length; i += 2) {
    if (pieces[i] === '' || known.has(pieces[i].toLowerCase())) continue;
    kept += (kept === '' || i === 0 ? '' : pieces[i - 1]) + pieces[i];
  }
  return kept;
}
