import { chineseFont, latinFont } from './fonts.js';

/** Makes pictures of drawings, at the resolution that journals print. */
export interface Pictures {
  /** A PNG file; undefined for a drawing with Chinese text where there is no font for it. */
  png(svg: string): Uint8Array | undefined;
  /** Names of the fonts used so far. */
  readonly fonts: ReadonlySet<string>;
  /** True when a picture was left out for want of a font. */
  readonly fontMissing: boolean;
  /** Changes when equal drawings give other pictures. */
  readonly version: string;
}

const dotsPerInch = 300;
/** Drawings count in CSS pixels. */
const pixelsPerInch = 96;

/** Chunk pHYs of a PNG file: 11811 pixels a metre, 300 an inch, across and down; its checksum at the end. */
const resolution = Uint8Array.of(0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1, 0x78, 0xa5, 0x3f, 0x76);
/** It stands after the signature and the header. */
const afterHeader = 8 + 25;

const chinese = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** Undefined where the renderer is not installed: it is a native module. */
export async function openPictures(): Promise<Pictures | undefined> {
  const { Resvg } = await import('@resvg/resvg-js').catch(() => ({ Resvg: undefined }));
  if (Resvg === undefined) return undefined;
  const plain = latinFont();
  let wide: ReturnType<typeof chineseFont> | null = null;
  const fonts = new Set<string>();
  let fontMissing = false;
  return {
    fonts,
    get fontMissing() {
      return fontMissing;
    },
    version: `resvg 2 ${plain?.name ?? ''}`,
    png: (svg) => {
      // A Chinese font is large: it is looked for and read only where a drawing needs it.
      const needed = chinese.test(svg);
      if (needed && wide === null) wide = chineseFont();
      const found = [...(plain === undefined ? [] : [plain]), ...(needed && wide !== undefined && wide !== null ? [wide] : [])];
      if (found.length === 0 || (needed && found.length === (plain === undefined ? 0 : 1))) {
        fontMissing = true;
        return undefined;
      }
      for (const { name } of found) fonts.add(name);
      // The Chinese face has Latin letters and a bold of both; the other is there for what it lacks.
      const family = found[found.length - 1].name;
      const font = { loadSystemFonts: false, fontFiles: found.flatMap(({ files }) => [...files]), defaultFontFamily: family, sansSerifFamily: family };
      return withResolution(new Resvg(svg, { font, background: '#ffffff', fitTo: { mode: 'zoom', value: dotsPerInch / pixelsPerInch } }).render().asPng());
    },
  };
}

function withResolution(png: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(png.length + resolution.length);
  bytes.set(png.subarray(0, afterHeader));
  bytes.set(resolution, afterHeader);
  bytes.set(png.subarray(afterHeader), afterHeader + resolution.length);
  return bytes;
}
