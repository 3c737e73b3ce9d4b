import sharp from "sharp";
import type { RectMm } from "../model/page.ts";
import type { AlignedPage } from "../read/align/aligned-page.ts";

/** Enough for a person to read handwriting on a screen. */
const PICTURE_DPI = 110;
const GREY_LEVELS = 16;

/** Returns a rectangle of a form page as a small grey PNG, base64. */
export async function encodePicture(page: AlignedPage, rect: RectMm): Promise<string> {
  const { data, widthPx, heightPx } = page.crop(rect, PICTURE_DPI);
  const png = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 1 } })
    .toColourspace("b-w")
    .png({ palette: true, colours: GREY_LEVELS, compressionLevel: 9 })
    .toBuffer();
  return png.toString("base64");
}
