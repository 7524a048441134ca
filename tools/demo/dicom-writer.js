import { createHash } from 'node:crypto';

/** A unique identifier out of text: 2.25 and an integer of 124 bits, as DICOM PS3.5 B.2 allows. */
export function uidOf(text) {
  return `2.25.${BigInt(`0x${createHash('sha256').update(text).digest('hex').slice(0, 31)}`)}`;
}

const long = new Set(['OB', 'OW', 'SQ', 'UN', 'UT']);

/** One element, explicit VR little endian; text is padded to an even length, identifiers with NUL. */
function element([group, number, vr, value]) {
  let body;
  if (Buffer.isBuffer(value)) body = value;
  else if (vr === 'US') {
    body = Buffer.alloc(2);
    body.writeUInt16LE(value);
  } else if (vr === 'UL') {
    body = Buffer.alloc(4);
    body.writeUInt32LE(value);
  } else {
    body = Buffer.from(String(value), 'utf8');
    if (body.length % 2 === 1) body = Buffer.concat([body, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  }
  const head = Buffer.alloc(long.has(vr) ? 12 : 8);
  head.writeUInt16LE(group, 0);
  head.writeUInt16LE(number, 2);
  head.write(vr, 4, 'latin1');
  if (long.has(vr)) head.writeUInt32LE(body.length, 8);
  else head.writeUInt16LE(body.length, 6);
  return Buffer.concat([head, body]);
}

const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
const explicitLittleEndian = '1.2.840.10008.1.2.1';

/**
 * One CT slice as a DICOM file (Part 10, explicit VR little endian, 12 bits, rescale intercept -1024).
 *
 * @param {object} slice
 * @param {Int16Array} slice.pixels Hounsfield units, row by row
 * @param {readonly number[]} slice.position LPS millimetres of the first pixel's centre
 */
export function ctSlice({ pixels, rows, columns, pixelSpacing, sliceThickness, position, instance, series, study, frame, patient, seriesNumber = 2 }) {
  const stored = Buffer.alloc(pixels.length * 2);
  for (let i = 0; i < pixels.length; i++) stored.writeUInt16LE(Math.max(0, Math.min(4095, pixels[i] + 1024)), 2 * i);
  const instanceUid = uidOf(`${series} ${instance}`);
  const meta = Buffer.concat(
    [[0x0002, 0x0001, 'OB', Buffer.from([0, 1])], [0x0002, 0x0002, 'UI', ctImageStorage], [0x0002, 0x0003, 'UI', instanceUid], [0x0002, 0x0010, 'UI', explicitLittleEndian], [0x0002, 0x0012, 'UI', '2.25.17']].map(element),
  );
  const data = [
    [0x0008, 0x0005, 'CS', 'ISO_IR 192'],
    [0x0008, 0x0008, 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    [0x0008, 0x0016, 'UI', ctImageStorage],
    [0x0008, 0x0018, 'UI', instanceUid],
    [0x0008, 0x0020, 'DA', '20230401'],
    [0x0008, 0x0060, 'CS', 'CT'],
    [0x0008, 0x0070, 'LO', patient.manufacturer],
    [0x0008, 0x1090, 'LO', 'Synthetic head CT'],
    [0x0010, 0x0010, 'PN', patient.name],
    [0x0010, 0x0020, 'LO', patient.id],
    [0x0010, 0x0030, 'DA', patient.birthDate.replaceAll('-', '')],
    [0x0010, 0x0040, 'CS', patient.sex],
    [0x0018, 0x0050, 'DS', sliceThickness],
    [0x0018, 0x0060, 'DS', 120],
    [0x0018, 0x1210, 'SH', 'H31s'],
    [0x0018, 0x5100, 'CS', 'HFS'],
    [0x0020, 0x000d, 'UI', uidOf(study)],
    [0x0020, 0x000e, 'UI', uidOf(series)],
    [0x0020, 0x0011, 'IS', seriesNumber],
    [0x0020, 0x0013, 'IS', instance],
    [0x0020, 0x0032, 'DS', position.map((value) => value.toFixed(3)).join('\\')],
    [0x0020, 0x0037, 'DS', '1\\0\\0\\0\\1\\0'],
    [0x0020, 0x0052, 'UI', uidOf(frame)],
    [0x0028, 0x0002, 'US', 1],
    [0x0028, 0x0004, 'CS', 'MONOCHROME2'],
    [0x0028, 0x0010, 'US', rows],
    [0x0028, 0x0011, 'US', columns],
    [0x0028, 0x0030, 'DS', `${pixelSpacing}\\${pixelSpacing}`],
    [0x0028, 0x0100, 'US', 16],
    [0x0028, 0x0101, 'US', 12],
    [0x0028, 0x0102, 'US', 11],
    [0x0028, 0x0103, 'US', 0],
    [0x0028, 0x1052, 'DS', -1024],
    [0x0028, 0x1053, 'DS', 1],
    [0x7fe0, 0x0010, 'OW', stored],
  ];
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM', 'latin1'), element([0x0002, 0x0000, 'UL', meta.length]), meta, ...data.map(element)]);
}
