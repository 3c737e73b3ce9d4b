import { toSharedKey } from "../compare-keys.ts";
import type { ReadingDesk } from "./reading-desk.ts";

/** Compares who filled in the form with the sender's contact person and unit: usually one and the same. */
export function reconcileSender(desk: ReadingDesk): void {
  const contact = desk.text("senderContact");
  const filledBy = desk.text("filledBy");
  if (contact === null || filledBy === null) return;
  const [name = "", ...rest] = filledBy.split(",").map((part) => part.trim());
  if (toSharedKey(name) !== toSharedKey(contact)) return;
  if (name !== contact && name.toLowerCase() !== contact.toLowerCase()) {
    // The same letters with other accents: one of the two is misread.
    desk.doubt("senderContact", "filledBy");
    return;
  }
  if (!desk.has("senderContact", "twoReaders") && !desk.has("filledBy", "twoReaders")) return;
  if (desk.isDoubted("senderContact") || desk.isDoubted("filledBy")) return;
  desk.confirm("senderContact");
  const unit = toSharedKey(desk.text("senderUnit") ?? "");
  const isUnitKnown = rest.every((part) => unit.includes(toSharedKey(part)));
  if (isUnitKnown) desk.confirm("filledBy");
}
