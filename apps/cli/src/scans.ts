/** A case that could be paired, or the reason why not. Paths are relative to the folder that was looked at. */
export type FoundCase = { readonly id: string; readonly image: string; readonly mask: string } | { readonly id: string; readonly reason: string };

const roles = {
  mask: ['mask', 'masks', 'label', 'labels', 'labelmap', 'seg', 'segs', 'segmentation', 'segmentations', 'roi', 'rois', 'lesion', 'lesions', 'contour', 'contours'],
  image: ['image', 'images', 'img', 'imgs', 'scan', 'scans', 'volume', 'volumes', 'ct', 'mr', 'mri', 'pet', 'dicom', 'dcm', 'nifti', 'nrrd', 'orig', 'original'],
};
const separator = /[_\-. ]+/;

/**
 * Pairs images with segmentations by their names: `C01/ct.nii.gz` with `C01/mask.nii.gz`, `images/C01.nrrd` with `masks/C01.nrrd`,
 * `C01_ct.nii` with `C01_seg.nii`. What is left of a path without the words that say what a file is, is the case.
 *
 * @param scans paths with `/`: image files, and folders of DICOM slices
 */
export function pairScans(scans: readonly string[]): FoundCase[] {
  const cases = new Map<string, { images: string[]; masks: string[] }>();
  for (const path of [...scans].sort()) {
    const id = caseOf(path);
    if (!cases.has(id)) cases.set(id, { images: [], masks: [] });
    cases.get(id)![isMask(path) ? 'masks' : 'images'].push(path);
  }
  return [...cases].map(([id, { images, masks }]): FoundCase => {
    if (images.length === 0) return { id, reason: `no image beside ${masks.join(', ')}` };
    if (masks.length === 0) return { id, reason: `no segmentation beside ${images.join(', ')}` };
    if (images.length > 1) return { id, reason: `several images: ${images.join(', ')}` };
    if (masks.length > 1) return { id, reason: `several segmentations: ${masks.join(', ')}` };
    return { id, image: images[0], mask: masks[0] };
  });
}

const parts = (path: string): string[] => path.replace(/\.(nii\.gz|nii|nrrd|nhdr)$/i, '').split('/');

const isMask = (path: string): boolean => parts(path).some((part) => part.toLowerCase().split(separator).some((word) => roles.mask.includes(word)));

function caseOf(path: string): string {
  const named = parts(path).map(withoutRoles).filter((part) => part !== '');
  // C01/C01_ct is C01, said twice.
  const ids = named.filter((part, i) => i === 0 || part !== named[i - 1]);
  return ids.length === 0 ? 'case' : ids.join('-');
}

/** A name without the words that say what the file is; the separators of what stays are kept. */
function withoutRoles(part: string): string {
  const known = [...roles.mask, ...roles.image];
  const pieces = part.split(/([_\-. ]+)/);
  let kept = '';
  for (let i = 0; i < pieces.length; i += 2) {
    if (pieces[i] === '' || known.includes(pieces[i].toLowerCase())) continue;
    kept += (kept === '' || i === 0 ? '' : pieces[i - 1]) + pieces[i];
  }
  return kept;
}
