import { digestOf } from '@radloom/core';

const CT_IMAGE = '1.2.840.10008.5.1.4.1.1.2';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
const LONG_FORM = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** A unique identifier under 2.25, which is free to use with any number of 128 bits (PS3.5, B.2). */
const uid = (...identity) => `2.25.${BigInt(`0x${digestOf(['uid', ...identity]).slice(0, 32)}`)}`;

/**
 * The files of one CT series (DICOM PS3.10, Explicit VR Little Endian).
 *
 * Name, birth date, number, institution and physician are invented and planted: readers must not let them pass.
 *
 * @param patient id, table row, date of the scan and seed
 * @param scan as `makeScan` gives it
 * @returns one `{ name, bytes }` a slice
 */
export function ctSeries({ id, row, scanDate, seed }, { size, spacing, origin, image }) {
  const day = scanDate.toISOString().slice(0, 10).replaceAll('-', '');
  const [surname, given] = row.name.split(' ');
  const perSlice = size[0] * size[1];
  const digits = digestOf(['number', ...seed]).replace(/\D/g, '').slice(0, 8);
  return Array.from({ length: size[2] }, (_, k) => {
    const instance = uid(...seed, k);
    const z = origin[2] + k * spacing[2];
    const meta = [
      ['00020001', 'OB', Buffer.from([0, 1])],
      ['00020002', 'UI', CT_IMAGE],
      ['00020003', 'UI', instance],
      ['00020010', 'UI', EXPLICIT_LITTLE_ENDIAN],
      ['00020012', 'UI', uid('implementation')],
    ];
    const elements = [
      ['00080005', 'CS', 'ISO_IR 100'],
      ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
      ['00080016', 'UI', CT_IMAGE],
      ['00080018', 'UI', instance],
      ['00080020', 'DA', day],
      ['00080022', 'DA', day],
      ['00080023', 'DA', day],
      ['00080030', 'TM', '101500'],
      ['00080032', 'TM', '101630'],
      ['00080050', 'SH', `ACC${digits}`],
      ['00080060', 'CS', 'CT'],
      ['00080070', 'LO', 'Radloom'],
      ['00080080', 'LO', 'Planted Infirmary'],
      ['00080090', 'PN', 'Planted^Physician'],
      ['00081030', 'LO', 'Head plain'],
      ['00081090', 'LO', 'Synthetic head'],
      ['00100010', 'PN', `${surname}^${given}`],
      ['00100020', 'LO', `HN${digits}`],
      ['00100030', 'DA', row.birth_date.replaceAll('-', '')],
      ['00100040', 'CS', row.male === 1 ? 'M' : 'F'],
      ['00101010', 'AS', `${String(row.age).padStart(3, '0')}Y`],
      ['00180015', 'CS', 'HEAD'],
      ['00180050', 'DS', String(spacing[2])],
      ['00180060', 'DS', '120'],
      ['00180088', 'DS', String(spacing[2])],
      ['00181100', 'DS', String(size[0] * spacing[0])],
      ['00181120', 'DS', '0'],
      ['00181151', 'IS', '300'],
      ['00181210', 'SH', 'SOFT'],
      ['00185100', 'CS', 'HFS'],
      ['0020000D', 'UI', uid(...seed, 'study')],
      ['0020000E', 'UI', uid(...seed, 'series')],
      ['00200010', 'SH', id],
      ['00200011', 'IS', '2'],
      ['00200012', 'IS', '1'],
      ['00200013', 'IS', String(k + 1)],
      ['00200032', 'DS', [origin[0], origin[1], z].join('\\')],
      ['00200037', 'DS', '1\\0\\0\\0\\1\\0'],
      ['00200052', 'UI', uid(...seed, 'frame')],
      ['00201041', 'DS', String(z)],
      ['00280002', 'US', 1],
      ['00280004', 'CS', 'MONOCHROME2'],
      ['00280010', 'US', size[1]],
      ['00280011', 'US', size[0]],
      ['00280030', 'DS', `${spacing[1]}\\${spacing[0]}`],
      ['00280100', 'US', 16],
      ['00280101', 'US', 16],
      ['00280102', 'US', 15],
      ['00280103', 'US', 1],
      ['00281050', 'DS', '40'],
      ['00281051', 'DS', '80'],
      ['00281052', 'DS', '0'],
      ['00281053', 'DS', '1'],
      ['00281054', 'LO', 'HU'],
      ['7FE00010', 'OW', littleEndian(image.subarray(k * perSlice, (k + 1) * perSlice))],
    ];
    const head = Buffer.concat(meta.map(encode));
    const length = encode(['00020000', 'UL', head.length]);
    return { name: `IM${String(k + 1).padStart(4, '0')}.dcm`, bytes: Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1'), length, head, ...elements.map(encode)]) };
  });
}

/** One data element: tag, representation, length and value, padded to even length. */
function encode([tag, vr, value]) {
  const body = valueBytes(vr, value);
  const long = LONG_FORM.has(vr);
  const head = Buffer.alloc(long ? 12 : 8);
  head.writeUInt16LE(Number.parseInt(tag.slice(0, 4), 16), 0);
  head.writeUInt16LE(Number.parseInt(tag.slice(4), 16), 2);
  head.write(vr, 4, 'latin1');
  if (long) head.writeUInt32LE(body.length, 8);
  else head.writeUInt16LE(body.length, 6);
  return Buffer.concat([head, body]);
}

function valueBytes(vr, value) {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') return Buffer.from(value.length % 2 === 0 ? value : value + (vr === 'UI' ? '\0' : ' '), 'latin1');
  const bytes = Buffer.alloc(vr === 'UL' ? 4 : 2);
  if (vr === 'UL') bytes.writeUInt32LE(value);
  else bytes.writeUInt16LE(value);
  return bytes;
}

const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function littleEndian(values) {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return hostIsLittleEndian ? bytes : Buffer.from(bytes).swap16();
}
