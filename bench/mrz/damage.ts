import sharp from "sharp";

/** One kind of damage: a picture in, a damaged picture out, at any size. */
interface Damage {
  readonly name: string;
  readonly apply: (picture: Buffer) => Promise<Buffer>;
}

const WHITE = "#ffffff";

async function resized(picture: Buffer, factor: number): Promise<Buffer> {
  const { width } = await sharp(picture).metadata();
  return sharp(picture)
    .resize({ width: Math.round(width * factor) })
    .png()
    .toBuffer();
}

/** A card on a sheet of A4 that was scanned at 200 dpi: the sheet in pixels, the card's width on it, and where it lies. */
const SHEET = { width: 1_654, height: 2_339, card: 1_012, left: 300, top: 400 };

async function onSheet(picture: Buffer): Promise<Buffer> {
  const card = await sharp(picture)
    .resize({ width: SHEET.card, height: SHEET.height - SHEET.top, fit: "inside" })
    .toBuffer();
  const sheet = sharp({ create: { width: SHEET.width, height: SHEET.height, channels: 3, background: WHITE } });
  return sheet
    .composite([{ input: card, left: SHEET.left, top: SHEET.top }])
    .png()
    .toBuffer();
}

async function noisy(picture: Buffer, sigma: number): Promise<Buffer> {
  const { width, height } = await sharp(picture).metadata();
  const noise = await sharp({ create: { width, height, channels: 3, noise: { type: "gaussian", mean: 128, sigma }, background: WHITE } })
    .png()
    .toBuffer();
  return sharp(picture)
    .composite([{ input: noise, blend: "soft-light" }])
    .png()
    .toBuffer();
}

/** What a copier, a phone and a fax do to a card. */
export const DAMAGES: readonly Damage[] = [
  { name: "none", apply: async (picture) => picture },
  { name: "blurred", apply: (picture) => sharp(picture).blur(1.2).png().toBuffer() },
  { name: "smaller", apply: (picture) => resized(picture, 0.7) },
  { name: "larger", apply: (picture) => resized(picture, 1.5) },
  { name: "noise", apply: (picture) => noisy(picture, 40) },
  { name: "JPEG 18", apply: (picture) => sharp(picture).jpeg({ quality: 18 }).toBuffer() },
  { name: "dark", apply: (picture) => sharp(picture).linear(0.45, 10).png().toBuffer() },
  { name: "pale", apply: (picture) => sharp(picture).linear(0.35, 150).png().toBuffer() },
  { name: "turned 6°", apply: (picture) => sharp(picture).rotate(6, { background: WHITE }).png().toBuffer() },
  { name: "turned 90°", apply: (picture) => sharp(picture).rotate(90).png().toBuffer() },
  { name: "turned 180°", apply: (picture) => sharp(picture).rotate(180).png().toBuffer() },
  {
    name: "bilevel",
    apply: async (picture) =>
      sharp(await resized(picture, 1.6))
        .greyscale()
        .threshold(128)
        .png()
        .toBuffer(),
  },
  { name: "on a sheet", apply: onSheet },
  {
    name: "sheet, blurred, JPEG",
    apply: async (picture) =>
      sharp(await onSheet(picture))
        .blur(0.8)
        .jpeg({ quality: 40 })
        .toBuffer(),
  },
];
